import { jsonText } from "@clawmetry/siem-events";
import { escapeJson } from "./escape-json.ts";
import { plainJson } from "./plain-json.ts";

/**
 * Writes any value as one safe line of JSON (RFC 8259): printable characters only, no line or paragraph separator, no bidi
 * control, and `CEF:` or `LEEF:` before a digit with an escaped colon, so that no receiver takes the line for another format.
 * Never throws; see `jsonText` of `@clawmetry/siem-events` for what becomes of values that JSON has not. Objects and arrays
 * nested deeper than 64 are written as `"[Truncated]"`.
 */
export function encodeJson(value: unknown): string {
  return escapeJson(plainJson(value, Infinity) ?? jsonText(value) ?? "null");
}
