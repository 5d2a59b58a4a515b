/** Writes UTF-8 from `offset` on and gives the number of bytes. What does not fit is left out. */
export type WriteUtf8 = (text: string, into: Uint8Array, offset: number) => number;

const encoder = new TextEncoder();

/** The way that every platform has. */
export function encodeUtf8(text: string, into: Uint8Array, offset: number): number {
  return encoder.encodeInto(text, into.subarray(offset)).written;
}
