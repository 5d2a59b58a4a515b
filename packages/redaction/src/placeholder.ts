import { createHash } from "node:crypto";

const DIGITS = 8;
const FORM =
  "\\[(?:REDACTED:[0-9a-f]{8}|WITHHELD:[a-z0-9]{1,16}|email|iban|phone|card:[a-z]{1,16}|national-id:[a-z-]{1,24})\\]";
const WHOLE = new RegExp(`^${FORM}$`);
const EVERY = new RegExp(FORM, "g");
// The longest one is not longer than this: what is longer is not looked at.
const MAX_LENGTH = 48;

/** Why something is withheld, where its length does not say it. */
export type WithheldReason = "depth" | "entries" | "cycle" | "unreadable" | "unstable" | "function" | "symbol";

/** `[REDACTED:<first 8 hex digits of SHA-256>]` of the secret in UTF-8: the same secret always gives the same placeholder. */
export function redacted(secret: string): string {
  return `[REDACTED:${createHash("sha256").update(secret).digest("hex").slice(0, DIGITS)}]`;
}

/** `[WITHHELD:<length or reason>]`: stands for what was not looked at, so that it is never passed through. */
export function withheld(what: number | WithheldReason): string {
  return `[WITHHELD:${what}]`;
}

/** Whether the text is one placeholder of this package and nothing else. */
export function isPlaceholder(text: string): boolean {
  return text.length <= MAX_LENGTH && text.startsWith("[") && WHOLE.test(text);
}

/** Where placeholders of this package stand in the text, in order: `[start, end]` each. */
export function placeholderZones(text: string): readonly (readonly [start: number, end: number])[] {
  if (!text.includes("[")) return [];
  return Array.from(text.matchAll(EVERY), (match) => [match.index, match.index + match[0].length] as const);
}
