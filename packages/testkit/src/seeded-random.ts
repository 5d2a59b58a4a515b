/** Numbers from 0 up to but not including 1, the same for a seed on every machine. For tests only. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  // Mulberry32: 32 bits of state, a few nanoseconds a number, and spread well enough to choose inputs.
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
