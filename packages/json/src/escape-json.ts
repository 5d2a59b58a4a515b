const UNUSUAL = /[^ -~]/;
const PLAIN = /^[ !#-[\]-~]*$/;
// Most texts have no colon, and without one there is no marker.
const NO_COLON = /^[ !#-9;-[\]-~]*$/;
const TIME = /^[-.:TZ0-9]*$/;
// JSON.stringify leaves these raw: DEL and C1 controls, line and paragraph separator, bidi controls, U+FEFF.
const RAW = /[\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const EVERY_RAW = new RegExp(RAW, "g");
// Some receivers take the text after the last `CEF:0` for a CEF record, wherever it stands.
const MARKER = /(?:C|LE)EF:(?=[0-9])/i;
const EVERY_MARKER = /((?:C|LE)EF):(?=[0-9])/gi;

/** Escapes in a JSON text what is valid there and still unsafe on a line. The value that it holds stays the same. */
export function escapeJson(json: string): string {
  const printable = UNUSUAL.test(json) && RAW.test(json) ? json.replace(EVERY_RAW, unicodeEscape) : json;
  return MARKER.test(printable) ? printable.replace(EVERY_MARKER, "$1\\u003a") : printable;
}

/** Whether a text stands on a line of JSON, between its quotes, as it is. */
export function isPlainText(text: string): boolean {
  return NO_COLON.test(text) || (PLAIN.test(text) && !MARKER.test(text));
}

/** `isPlainText` for what is most likely a time. */
export function isPlainTime(text: string): boolean {
  return TIME.test(text) || isPlainText(text);
}

/** Whether a text holds what begins a record of another format, the colon of which is escaped. */
export function hasMarker(text: string): boolean {
  return MARKER.test(text);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** How `JSON.stringify` begins a lone surrogate: an escape that strict readers refuse. What holds it is written another way. */
export const surrogateEscape = "\\ud";
