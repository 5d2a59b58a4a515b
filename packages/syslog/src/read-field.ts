import { NIL } from "./header-field.ts";
import type { LineReader } from "./line-reader.ts";

/** Reads a header field up to the space after it: 1 to `maxLength` characters of PRINTUSASCII, undefined for the nil value. */
export function readField(reader: LineReader, name: string, maxLength: number): string | undefined {
  const rule = `${name} must be 1 to ${maxLength} printable ASCII characters and a space`;
  const value = reader.takeWhile(isPrintable, maxLength);
  if (value === "") throw reader.error(rule);
  reader.expect(" ", rule);
  return value === NIL ? undefined : value;
}

/** PRINTUSASCII of RFC 5424 §6, `%d33-126`. */
export function isPrintable(unit: number): boolean {
  return unit >= 0x21 && unit <= 0x7e;
}
