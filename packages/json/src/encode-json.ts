import { jsonText, plainJson } from "@clawmetry/siem-events";
import { escapeJson, surrogateEscape } from "./escape-json.ts";

/**
 * Writes any value as one safe line of JSON (RFC 8259): printable characters only, no line or paragraph separator, no bidi
 * control, and `CEF:` or `LEEF:` before a digit with an escaped colon, so that no receiver takes the line for another format.
 * Never throws; see `jsonText` of `@clawmetry/siem-events` for what becomes of values that JSON has not. Objects and arrays
 * nested deeper than 64 are written as `"[Truncated]"`.
 */
export function encodeJson(value: unknown): string {
  const plain = plainJson(value, Infinity);
  const json = plain === undefined || plain.includes(surrogateEscape) ? jsonText(value) : plain;
  return escapeJson(json ?? "null");
}
