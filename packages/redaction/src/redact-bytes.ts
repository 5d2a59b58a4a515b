import { isUtf8 } from "node:buffer";
import { withheld } from "./placeholder.ts";
import type { RedactionSettings } from "./redaction-options.ts";
import { redactPlacedText } from "./redact-text.ts";
import type { Treatment } from "./treatment.ts";

type Encoding = "utf8" | "utf16le" | "latin1";

/**
 * Bytes without the secrets of the text that they are: UTF-8, UTF-16 with a byte order mark, or else one character a byte, so
 * that what is ASCII in any bytes is found. The same object when there are none, else new bytes (a Buffer for a Buffer).
 */
export function redactBytes(
  bytes: Uint8Array,
  place: { readonly treatment: Treatment; readonly name: string; readonly depth: number },
  settings: RedactionSettings,
): Uint8Array {
  if (bytes.length > settings.maxTextLength) return encode(bytes, withheld(bytes.length), "utf8");
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const encoding = encodingOf(buffer);
  const text = buffer.toString(encoding);
  const result = redactPlacedText({ ...place, text }, settings);
  return result === text ? bytes : encode(bytes, result, encoding);
}

function encodingOf(buffer: Buffer): Encoding {
  if (buffer[0] === 0xff && buffer[1] === 0xfe && buffer.length % 2 === 0) return "utf16le";
  return isUtf8(buffer) ? "utf8" : "latin1";
}

function encode(like: Uint8Array, text: string, encoding: Encoding): Uint8Array {
  const buffer = Buffer.from(text, encoding);
  return Buffer.isBuffer(like) ? buffer : Uint8Array.from(buffer);
}
