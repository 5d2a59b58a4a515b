import { cleanControls, truncateCodePoints } from "@clawmetry/siem-text";

// They reorder what people see, and no cleaning of control characters touches them.
const EVERY_HIDDEN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Text from outside, safe to print on one line of a terminal: no control character, no line break, no bidi control. Unlike
 * `cleanText` it keeps `CEF:0` and spaces, so that a record is shown as it came. At most `maxCodePoints`, default all.
 */
export function terminalText(value: string, maxCodePoints: number = Infinity): string {
  const text = cleanControls(value).replaceAll("\n", " ").replace(EVERY_HIDDEN, "\ufffd");
  return maxCodePoints === Infinity ? text : truncateCodePoints(text, maxCodePoints);
}
