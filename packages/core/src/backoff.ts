import { type Effects } from "./effects.ts";
import { type RetryOptions } from "./retry-options.ts";

/** Decides when the next attempt may begin. */
export interface Backoff {
  /** An attempt failed or a connection broke. Gives the moment of the next attempt, by `effects.elapsed`. */
  readonly failed: () => number;
  readonly succeeded: () => void;
  /** The next failure counts as the first. */
  readonly reset: () => void;
}

// A collector that takes a connection, a batch, and closes must not be met at full speed for ever: one good send is no
// proof that it is well.
const STABLE_MS = 5000;

/** Full jitter over a doubling delay, which starts again after 5 s without a failure. */
export function createBackoff(options: Required<RetryOptions>, effects: Effects): Backoff {
  let failures = 0;
  let wellSinceMs: number | undefined;
  return {
    failed: () => {
      const nowMs = effects.elapsed();
      failures = wellSinceMs !== undefined && nowMs - wellSinceMs >= STABLE_MS ? 1 : failures + 1;
      wellSinceMs = undefined;
      return nowMs + backoffMs(failures, options, effects.random());
    },
    succeeded: () => {
      wellSinceMs ??= effects.elapsed();
    },
    reset: () => {
      failures = 0;
    },
  };
}

/** Anything from 0 to the doubled delay, so that clients do not come back together. */
function backoffMs(failures: number, options: Required<RetryOptions>, random: number): number {
  return random * Math.min(options.maxDelayMs, options.initialDelayMs * 2 ** (failures - 1));
}
