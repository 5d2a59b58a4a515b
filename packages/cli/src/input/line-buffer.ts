/** Puts a line together that comes in pieces. */
export interface LineBuffer {
  /** Keeps a copy of the bytes; false, and nothing kept, when the line became too long. */
  readonly add: (bytes: Uint8Array) => boolean;
  /** The whole line, undefined when it was too long. The next piece begins the next line. */
  readonly take: () => Uint8Array | undefined;
  /** Whether a line has begun. */
  readonly begun: boolean;
}

/** One growing buffer, so that memory is bounded by the longest line and not by the number of its pieces. */
export function createLineBuffer(maxBytes: number): LineBuffer {
  let buffer = new Uint8Array(0);
  let size = 0;
  let begun = false;
  return {
    add: (bytes) => {
      begun = true;
      size += bytes.length;
      if (size > maxBytes) {
        buffer = new Uint8Array(0);
        return false;
      }
      if (size > buffer.length) {
        const grown = new Uint8Array(Math.min(maxBytes, Math.max(size, 2 * buffer.length)));
        grown.set(buffer.subarray(0, size - bytes.length));
        buffer = grown;
      }
      buffer.set(bytes, size - bytes.length);
      return true;
    },
    take: () => {
      const line = size > maxBytes ? undefined : buffer.subarray(0, size);
      buffer = new Uint8Array(0);
      size = 0;
      begun = false;
      return line;
    },
    get begun() {
      return begun;
    },
  };
}
