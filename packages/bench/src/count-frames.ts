const LF = 0x0a;
const SPACE = 0x20;
const ZERO = 0x30;

/** Counts the messages that end in a chunk of a stream. */
export type FrameCounter = (chunk: Uint8Array) => number;

/** For messages that end in a line feed. */
export function countNewlines(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, at + 1)) count++;
  return count;
}

/** For messages that begin with their length (RFC 6587 §3.4.1). Jumps from one to the next, so it costs next to nothing. */
export function createOctetCounter(): FrameCounter {
  let length = 0;
  let left = 0;
  return (chunk) => {
    let count = 0;
    let at = 0;
    while (at < chunk.length) {
      if (left > 0) {
        const step = Math.min(left, chunk.length - at);
        at += step;
        left -= step;
        if (left === 0) count++;
        continue;
      }
      const byte = chunk[at++] ?? SPACE;
      if (byte !== SPACE) length = length * 10 + byte - ZERO;
      else [left, length] = [length, 0];
    }
    return count;
  };
}
