import { setTimeout as wait } from "node:timers/promises";

/** How long nothing may change, and how long it may take until then. */
export interface QuietLimits {
  readonly quietMs: number;
  readonly timeoutMs: number;
}

/** Asks every 20 ms until `read` gives the same for `quietMs`, and resolves with it; after `timeoutMs`, with the latest. */
export async function untilQuiet(read: () => Promise<number>, { quietMs, timeoutMs }: QuietLimits): Promise<number> {
  const start = performance.now();
  let latest = await read();
  let changed = performance.now();
  while (performance.now() - changed < quietMs && performance.now() - start < timeoutMs) {
    await wait(20);
    const value = await read();
    if (value !== latest) changed = performance.now();
    latest = value;
  }
  return latest;
}
