/** Bytes of the heap and of buffers in use after a collection. Needs `--expose-gc`. */
export function usedMemory(): number {
  if (globalThis.gc === undefined) throw new Error("start Node.js with --expose-gc");
  globalThis.gc();
  globalThis.gc(); // what a finaliser let go in the first one
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
