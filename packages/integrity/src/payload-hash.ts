import { jsonForm } from "./json-form.ts";
import { sha256Hex } from "./sha256-hex.ts";

/**
 * The `payload_hash` of an event's `data`: the hex SHA-256 of its canonical JSON (RFC 8785). Text is hashed as a JSON text, bytes as
 * the text that they are in UTF-8, missing data as null; a lone surrogate counts as U+FFFD and NaN as null, as a store keeps them.
 * Undefined where the data is not JSON (a cycle, a BigInt, a Map, more than 1000 levels): nobody can store it as it is.
 */
export function payloadHash(data: unknown): string | undefined {
  const json = jsonForm(bytesText(data) ?? data ?? null);
  return json === undefined ? undefined : sha256Hex(json);
}

/** The text of bytes in UTF-8, without a byte order mark; what is not UTF-8 is U+FFFD. Undefined for anything but bytes. */
export function bytesText(data: unknown): string | undefined {
  const bytes = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : data;
  return bytes instanceof Uint8Array || bytes instanceof ArrayBuffer ? new TextDecoder().decode(bytes) : undefined;
}
