import { checkInteger } from "./check-number.ts";
import { OptionError } from "./errors.ts";

/**
 * What a full queue gives up. `least-severe`: the oldest of the least severe messages, when they are less severe than
 * the new one, else the new one. `newest`: the new one. `oldest`: the oldest ones.
 */
export type DropPolicy = "least-severe" | "newest" | "oldest";

/** The bounds of a queue, and what it does at them. */
export interface QueueLimits {
  /** Messages waiting at most. Default 10 000. */
  readonly maxEvents?: number;
  /** UTF-8 bytes of all messages held, those kept for a replay included. Default 33 554 432 (32 MiB). */
  readonly maxBytes?: number;
  /** Default `least-severe`. */
  readonly dropPolicy?: DropPolicy;
  /**
   * What one group of messages, such as a session, may take of a full queue, as a part of its bounds: above 0, at most 1.
   * What it takes beyond that gives way to others, unless it is more severe; and at its share, a group pushes out nothing
   * but its own. Default 0.5.
   */
  readonly sessionShare?: number;
}

const DROP_POLICIES: readonly unknown[] = ["least-severe", "newest", "oldest"];

/** Fills in the defaults. Throws `OptionError` for a bound below 1 and for an unknown policy. */
export function resolveQueueLimits(limits: QueueLimits = {}): Required<QueueLimits> {
  const { maxEvents = 10_000, maxBytes = 32 * 1024 * 1024, dropPolicy = "least-severe", sessionShare = 0.5 } = limits;
  checkInteger("limits.maxEvents", maxEvents, 1);
  checkInteger("limits.maxBytes", maxBytes, 1);
  if (!DROP_POLICIES.includes(dropPolicy)) {
    throw new OptionError("limits.dropPolicy", '"least-severe", "newest" or "oldest"', dropPolicy);
  }
  if (!(sessionShare > 0 && sessionShare <= 1)) {
    throw new OptionError("limits.sessionShare", "a number above 0, at most 1", sessionShare);
  }
  return { maxEvents, maxBytes, dropPolicy, sessionShare };
}
