/** The nil value of RFC 5424 §6: the field is not known. */
export const NIL = "-";

const PRINTABLE = /^[\x21-\x7e]+$/;
const NOT_PRINTABLE = /[^\x21-\x7e]/gu;

/**
 * Makes a header field of any text: every code point outside PRINTUSASCII (33–126) becomes `_`, cut to `maxLength`, `-` when
 * there is none (RFC 5424 §6).
 */
export function headerField(value: string | undefined, maxLength: number): string {
  if (value === undefined || value === "") return NIL;
  if (value.length <= maxLength && PRINTABLE.test(value)) return value;
  return replaceForbidden(value, NOT_PRINTABLE, maxLength);
}

/** Replaces each code point that `forbidden` (flags g and u) matches by `_`, and cuts to `maxLength` code points. */
export function replaceForbidden(value: string, forbidden: RegExp, maxLength: number): string {
  // A code point is at most two units: what lies beyond is never read, however long the value.
  return value
    .slice(0, 2 * maxLength)
    .replace(forbidden, "_")
    .slice(0, maxLength);
}
