import { checkDuration } from "./check-number.ts";
import { OptionError } from "./errors.ts";

/** How failed sends are repeated. */
export interface RetryOptions {
  /** Failures in a row after which a batch counts as rejected. Default: no limit, so that only a full queue loses events. */
  readonly maxAttempts?: number;
  /** Longest wait before the second attempt; it doubles each time. Default 250. */
  readonly initialDelayMs?: number;
  /** Upper bound of any wait. Default 30 000. */
  readonly maxDelayMs?: number;
}

/** Fills in the defaults and rejects values that cannot work. Does not change its argument. */
export function resolveRetryOptions(options: RetryOptions = {}): Required<RetryOptions> {
  const { maxAttempts = Infinity, initialDelayMs = 250, maxDelayMs = 30_000 } = options;
  if (!(maxAttempts >= 1)) throw new OptionError("retry.maxAttempts", "at least 1", maxAttempts);
  if (!(initialDelayMs > 0)) throw new OptionError("retry.initialDelayMs", "a number above 0", initialDelayMs);
  checkDuration("retry.maxDelayMs", maxDelayMs, initialDelayMs);
  return { maxAttempts, initialDelayMs, maxDelayMs };
}
