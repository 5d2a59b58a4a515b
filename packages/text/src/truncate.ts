import { trimText } from "./clean.ts";

/** Stands where text was cut away. One code point, three bytes. */
export const TRUNCATION_MARK = "\u2026";
const MARK_BYTES = 3;
const ASCII = /^[\0-\x7f]*$/;

/**
 * Cuts to at most `maxBytes` bytes of UTF-8, on a code point, and ends what it cut with `…`. Where not even the mark fits
 * (under 3 bytes), it cuts without one. Never reads further than it keeps. A lone surrogate counts as the 3 bytes of U+FFFD.
 */
export function truncateBytes(value: string, maxBytes: number): string {
  if (value.length * 3 <= maxBytes) return value;
  const room = maxBytes < MARK_BYTES ? maxBytes : maxBytes - MARK_BYTES;
  let kept = 0;
  let bytes = 0;
  for (let index = 0; index < value.length; ) {
    const code = value.codePointAt(index) ?? 0;
    bytes += codePointBytes(code);
    if (bytes > maxBytes) return maxBytes < MARK_BYTES ? value.slice(0, kept) : value.slice(0, kept) + TRUNCATION_MARK;
    index += code > 0xffff ? 2 : 1;
    if (bytes <= room) kept = index;
  }
  return value;
}

/**
 * Cuts to at most `maxCodePoints` code points, the `…` at the end of what was cut included, and trims the cut end of
 * spaces and line feeds. `maxCodePoints` is at least 1.
 */
export function truncateCodePoints(value: string, maxCodePoints: number): string {
  if (!isLonger(value, maxCodePoints)) return value;
  return trimText(value.slice(0, offsetFromStart(value, maxCodePoints - 1))) + TRUNCATION_MARK;
}

/**
 * Cuts out of the middle, to at most `maxCodePoints` code points with the `…` between: the first 70 % and the last 30 % stay,
 * so that neither padding before a command nor padding after it hides the command. 1023 keeps 715 and 307.
 */
export function truncateMiddle(value: string, maxCodePoints: number): string {
  if (!isLonger(value, maxCodePoints)) return value;
  const head = Math.floor((maxCodePoints - 1) * 0.7);
  const tail = maxCodePoints - 1 - head;
  return value.slice(0, offsetFromStart(value, head)) + TRUNCATION_MARK + value.slice(offsetFromEnd(value, tail));
}

/** Bytes of the text in UTF-8. A lone surrogate counts as the 3 bytes of U+FFFD. */
export function utf8Length(value: string): number {
  if (ASCII.test(value)) return value.length;
  let bytes = value.length;
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(value.charCodeAt(index + 1))) {
      bytes += 2;
      index++;
    } else bytes += 2;
  }
  return bytes;
}

function codePointBytes(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

// Code points are never more than code units and never fewer than half of them: most texts need no count.
function isLonger(value: string, maxCodePoints: number): boolean {
  return value.length > maxCodePoints && offsetFromStart(value, maxCodePoints) < value.length;
}

function offsetFromStart(value: string, codePoints: number): number {
  let offset = 0;
  for (let count = 0; count < codePoints && offset < value.length; count++) {
    offset += (value.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}

function offsetFromEnd(value: string, codePoints: number): number {
  let offset = value.length;
  for (let count = 0; count < codePoints && offset > 0; count++) {
    offset -= offset > 1 && (value.codePointAt(offset - 2) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
