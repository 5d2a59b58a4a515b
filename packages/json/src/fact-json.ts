import { cutText } from "./cut-text.ts";
import { escapeJson, isPlainText } from "./escape-json.ts";

/** How much of a fact is written, and where what was cut is told. */
export interface FactLimits {
  /** Characters of a text, the mark included. */
  readonly maxText: number;
  /** What was cut: for `siem.truncated`. */
  readonly cuts: string[];
}

/** Most characters of a fact: Splunk reads the keys of the first 5000 bytes only, and `siem` must lie within them. */
export const LONGEST_FACT = 1023;

/** A text as JSON, shortened where it is too long. `name`: its key under `siem`. */
export function textJson(name: string, text: string, limits: FactLimits): string {
  return wordJson(isShort(text, limits) ? text : cutFact(name, text, limits));
}

/** Whether a text is certain to be written whole. */
export function isShort(text: string, { maxText }: FactLimits): boolean {
  return text.length <= LONGEST_FACT && text.length <= maxText;
}

/** A list of texts as JSON, each shortened where it is too long. */
export function textsJson(name: string, texts: readonly string[], limits: FactLimits): string {
  let json = "";
  for (const text of texts) json += json === "" ? textJson(name, text, limits) : `,${textJson(name, text, limits)}`;
  return `[${json}]`;
}

/** A text that is never cut as JSON. */
export function wordJson(word: string): string {
  return isPlainText(word) ? `"${word}"` : anyJson(word.toWellFormed());
}

/** A number as JSON. */
export function numberJson(value: number): string {
  return Number.isFinite(value) ? String(value) : "null";
}

/** Any value that `JSON.stringify` writes right as JSON. */
export function anyJson(value: unknown): string {
  return escapeJson(JSON.stringify(value));
}

function cutFact(name: string, text: string, { maxText, cuts }: FactLimits): string {
  const place = name === "command" ? "middle" : "end";
  return cutText(text, ["siem", name], Math.min(LONGEST_FACT, maxText), place, text.length, cuts);
}
