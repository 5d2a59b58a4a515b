import { setTimeout as wait } from "node:timers/promises";

const INTERVAL_MS = 10;

/**
 * Asks again every 10 ms until `probe` gives a value, and resolves with it. Rejects with `describe()` after `timeoutMs`.
 * For what other processes do: they cannot tell us.
 */
export async function poll<T>(probe: () => T | undefined, timeoutMs: number, describe: () => string): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const value = probe();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`${describe()} after ${timeoutMs} ms`);
    await wait(INTERVAL_MS);
  }
}
