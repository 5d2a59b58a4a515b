const MOST_DATA_BYTES = 256 * 1024;

/** Reads one property of a value that may be a proxy or have getters: what throws is missing. */
export function read(source: object, key: string): unknown {
  try {
    return (source as Record<string, unknown>)[key];
  } catch {
    return undefined; // a getter or a proxy threw: to us the fact is not there
  }
}

/** The value when it is an object with named properties. */
export function asObject(value: unknown): object | undefined {
  return typeof value === "object" && value !== null && !isArray(value) ? value : undefined;
}

/** `Array.isArray`, which throws for a revoked proxy. */
export function isArray(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false; // a revoked proxy
  }
}

/** The `data` of an event as an object: as it is, or read from a JSON text or bytes of up to 256 KiB. */
export function readData(data: unknown): object | undefined {
  const text = typeof data === "string" ? data : bytesText(data);
  return text === undefined ? asObject(data) : asObject(parseJson(text));
}

/** The value of a JSON text that holds an object or array, of up to 256 KiB. Undefined for anything else. */
export function parseJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text) || isOverLimit(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a text that looks like JSON and is none
  }
}

/** The bytes of a buffer or of a view of one, which it shares. Undefined for anything else. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined;
}

function bytesText(data: unknown): string | undefined {
  const bytes = bytesOf(data);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes.subarray(0, MOST_DATA_BYTES + 1));
}

function isOverLimit(text: string): boolean {
  if (text.length * 3 <= MOST_DATA_BYTES) return false;
  return text.length > MOST_DATA_BYTES || new TextEncoder().encode(text).length > MOST_DATA_BYTES;
}
