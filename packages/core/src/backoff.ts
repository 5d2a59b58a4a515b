import { type Effects } from "./effects.ts";
import { type Failure } from "./failure.ts";
import { type RetryOptions } from "./retry-options.ts";

/** Decides when the next attempt may begin. */
export interface Backoff {
  /** Failures in a row, as they count for the next delay. */
  readonly failures: number;
  /** An attempt failed or a connection broke. Gives the moment of the next attempt, by `effects.elapsed`. */
  readonly failed: (failure: Pick<Failure, "code" | "silentMs">) => number;
  readonly succeeded: () => void;
  /** The next failure counts as the first. */
  readonly reset: () => void;
}

// A collector that takes a connection, a batch, and closes must not be met at full speed for ever: one good send is no
// proof that it is well.
const STABLE_MS = 5000;

// But it must be met: while we sit out the longest wait, events are lost that it would take. That a connection broke shows
// that there was one; that nothing was acknowledged, or that a datagram was refused, shows the opposite.
const MOST_FAILURES_AFTER_SUCCESS = 4;

/**
 * Full jitter over a doubling delay, which starts again after 5 s without a failure. After a send that worked it doubles at
 * most three times.
 */
export function createBackoff(options: Required<RetryOptions>, effects: Effects): Backoff {
  let failures = 0;
  let well: { readonly sinceMs: number; untilMs: number } | undefined;
  return {
    get failures() {
      return failures;
    },
    failed: ({ code, silentMs }) => {
      const nowMs = effects.elapsed();
      // An idle connection is well; one that takes nothing is not, even while the kernel takes it.
      const untilMs = code === "timeout" ? Math.min(well?.untilMs ?? nowMs, nowMs - silentMs) : nowMs;
      const wellMs = well === undefined ? 0 : untilMs - well.sinceMs;
      const most = well !== undefined && code === "io" ? MOST_FAILURES_AFTER_SUCCESS : Infinity;
      failures = wellMs >= STABLE_MS ? 1 : Math.min(failures + 1, most);
      well = undefined;
      return nowMs + backoffMs(failures, options, effects.random());
    },
    succeeded: () => {
      const nowMs = effects.elapsed();
      if (well === undefined) well = { sinceMs: nowMs, untilMs: nowMs };
      else well.untilMs = nowMs;
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
