import { cleanText, truncateCodePoints } from "@clawmetry/siem-text";

const LONGEST_SHOWN = 80;
// `user:password@host`, and the text of a key where a path was meant.
const MAY_HOLD_A_SECRET = /@|-----|[\r\n]/;
const NOT_SHOWN = "text that is not shown: it may hold a secret";

/** A bad value for a message: text in quotes, clean and cut to 80 characters. Text that may hold a secret is not shown. */
export function showValue(value: unknown): string {
  if (typeof value === "string") {
    return MAY_HOLD_A_SECRET.test(value) ? NOT_SHOWN : JSON.stringify(showName(value));
  }
  if (typeof value === "number" || typeof value === "boolean" || value === null || value === undefined) {
    return String(value);
  }
  return Array.isArray(value) ? "an array" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}

// The text of a key is base64, on one line or with its line breaks turned to spaces. What was encoded begins with a byte that
// gives the letter M, so a path from the root is none.
const MAY_BE_A_KEY = /^[A-Za-z0-9+=][A-Za-z0-9+/=_\s-]{31,}$/;
const LOOKS_LIKE_A_PATH = /[\\/]|\.[A-Za-z0-9]{1,8}$/;

/** The path of a file for a message, as `showValue` shows it. Not shown where a key or its passphrase may have landed. */
export function showPath(path: string): string {
  return LOOKS_LIKE_A_PATH.test(path) && !MAY_BE_A_KEY.test(path) ? showValue(path) : NOT_SHOWN;
}

/** A name from outside for a message: clean and cut to 80 characters. */
export function showName(name: string): string {
  return truncateCodePoints(cleanText(name).replaceAll("\n", " "), LONGEST_SHOWN);
}
