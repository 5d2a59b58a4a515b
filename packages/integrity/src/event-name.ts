import { chainedText } from "@clawmetry/siem-events";
import { ownCopy } from "@clawmetry/siem-text";
import { nodeOf } from "./chain-heads.ts";
import { sha256Hex } from "./sha256-hex.ts";

const MOST_CHARACTERS = 200;
const DIGITS = 16;

/** The id of an event as it is kept and shown: different for different ids, of bounded length. Null when it has none. */
export function eventId(event: unknown): string | null {
  const text = typeof event === "object" && event !== null ? chainedText(event, "id") : undefined;
  return text === undefined ? null : boundedName(text);
}

/** The node of an event, as `eventId`. Empty when it names none. */
export function eventNode(event: unknown): string {
  return typeof event === "object" && event !== null ? boundedName(nodeOf(event)) : "";
}

/** A name of at most 200 characters as it is; of a longer one the beginning, `…`, and 16 digits of its SHA-256. */
export function boundedName(name: string): string {
  if (name.length <= MOST_CHARACTERS) return ownCopy(name);
  return `${name.slice(0, MOST_CHARACTERS - DIGITS - 1).toWellFormed()}…${sha256Hex(name).slice(0, DIGITS)}`;
}
