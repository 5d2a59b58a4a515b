/** Puts a frame together that comes in pieces. */
export interface ByteCollector {
  readonly size: () => number;
  /** Keeps a copy of the bytes. */
  readonly add: (bytes: Uint8Array) => void;
  /** All that was kept and the bytes after it, in a new buffer; nothing is kept any more. */
  readonly takeWith: (last: Uint8Array) => Uint8Array;
}

/**
 * One growing buffer instead of a list of pieces: a stream of single bytes costs no more memory than its frames. Never larger
 * than `maxBytes`, which is also the most that the caller may add.
 */
export function createByteCollector(maxBytes: number): ByteCollector {
  let buffer = new Uint8Array(0);
  let size = 0;
  return {
    size: () => size,
    add(bytes) {
      if (size + bytes.length > buffer.length) {
        const grown = new Uint8Array(Math.min(maxBytes, Math.max(size + bytes.length, 2 * buffer.length)));
        grown.set(buffer.subarray(0, size));
        buffer = grown;
      }
      buffer.set(bytes, size);
      size += bytes.length;
    },
    takeWith(last) {
      const whole = new Uint8Array(size + last.length);
      whole.set(buffer.subarray(0, size));
      whole.set(last, size);
      buffer = new Uint8Array(0);
      size = 0;
      return whole;
    },
  };
}
