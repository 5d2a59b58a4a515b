import { cleanText, truncateCodePoints } from "@clawmetry/siem-text";

const LONGEST_SHOWN = 80;
// `user:password@host`, and the text of a key where a path was meant.
const MAY_HOLD_A_SECRET = /@|-----|[\r\n]/;

/** A bad value for a message: text in quotes, clean and cut to 80 characters. Text that may hold a secret is not shown. */
export function showValue(value: unknown): string {
  if (typeof value === "string") {
    return MAY_HOLD_A_SECRET.test(value)
      ? "text that is not shown: it may hold a secret"
      : JSON.stringify(showName(value));
  }
  if (typeof value === "number" || typeof value === "boolean" || value === null || value === undefined) {
    return String(value);
  }
  return Array.isArray(value) ? "an array" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}

/** A name from outside for a message: clean and cut to 80 characters. */
export function showName(name: string): string {
  return truncateCodePoints(cleanText(name).replaceAll("\n", " "), LONGEST_SHOWN);
}
