/**
 * Makes a value safe for one field of one record, and keeps it readable: well-formed Unicode, every kind of line break a
 * line feed, tabs spaces, other control characters visible (C0 as control pictures U+2400–U+2421, C1 as U+FFFD), bidi
 * controls and U+FEFF as U+FFFD, `CEF:` and `LEEF:` before a digit as `CEF[:]`, trimmed of spaces and line feeds.
 *
 * The result may hold line feeds: the format escapes them. Idempotent. Costs one scan when there is nothing to change.
 */
export function cleanText(value: string): string {
  if (SAFE.test(value) && !(value.includes(":") && MARKER.test(value))) return value;
  const clean = cleanControls(value);
  const plain = HIDDEN.test(clean) ? clean.replace(EVERY_HIDDEN, "\ufffd") : clean;
  return trimText(MARKER.test(plain) ? plain.replace(EVERY_MARKER, "$1[:]") : plain);
}

/**
 * The first half of `cleanText`, for text that must keep its spaces: well-formed Unicode, every kind of line break
 * (CR LF, CR, VT, FF, U+0085, U+2028, U+2029) a line feed, tabs spaces, other C0 controls and DEL as control pictures,
 * C1 controls as U+FFFD.
 */
export function cleanControls(value: string): string {
  const text = value.isWellFormed() ? value : value.toWellFormed();
  return CONTROL.test(text) ? text.replace(EVERY_LINE_BREAK, "\n").replace(EVERY_CONTROL, visible) : text;
}

/** Removes spaces and line feeds from both ends. Linear in what it removes. */
export function trimText(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isBlank(value.charCodeAt(start))) start++;
  while (end > start && isBlank(value.charCodeAt(end - 1))) end--;
  return start === 0 && end === value.length ? value : value.slice(start, end);
}

// Most values: printable ASCII without a blank at either end. Only one with a colon may be a marker.
const SAFE = /^[!-~]+(?: +[!-~]+)*$/;
// Line feed is left out of CONTROL: multi-line text is common and needs no change.
const CONTROL = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]/;
const EVERY_LINE_BREAK = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
const EVERY_CONTROL = /[\0-\x09\x0e-\x1f\x7f-\x9f]/g;
const HIDDEN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const EVERY_HIDDEN = new RegExp(HIDDEN, "g");
// SC4S and others take the text after the last `CEF:0` for the record, wherever it stands (no word boundary).
const MARKER = /(C|LE)EF:(?=[0-9])/i;
const EVERY_MARKER = /((?:C|LE)EF):(?=[0-9])/gi;

function visible(control: string): string {
  const code = control.charCodeAt(0);
  if (code === 0x09) return " ";
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a;
}
