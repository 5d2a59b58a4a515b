/**
 * A text as JSON in printable ASCII: every UTF-16 code unit outside U+0020–U+007E as `\uxxxx` in lower case, but for `\b`, `\f`,
 * `\n`, `\r` and `\t`; `"` and `\` behind a `\`. Total: a lone surrogate is its own escape. The same as Python's `json.dumps`.
 */
export function asciiJson(text: string): string {
  return escapeBeyondAscii(JSON.stringify(text));
}

/** Writes the characters of a JSON text that are not printable ASCII as `\uxxxx`. */
export function escapeBeyondAscii(json: string): string {
  return PRINTABLE.test(json) ? json : json.replace(EVERY_OTHER, escapeUnit);
}

const PRINTABLE = /^[ -~]*$/;
// Without the flag u: each half of a surrogate pair is escaped for itself.
const EVERY_OTHER = /[^ -~]/g;

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
