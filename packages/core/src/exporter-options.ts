import { checkDuration, checkInteger } from "./check-number.ts";
import { type Effects, systemEffects } from "./effects.ts";
import { OptionError } from "./errors.ts";
import { type ExporterFacts } from "./lifecycle.ts";
import { memoryQueue } from "./memory-queue.ts";
import { type Formatter } from "./message.ts";
import { type QueueLimits, resolveQueueLimits } from "./queue-limits.ts";
import { type Queue } from "./queue.ts";
import { resolveRetryOptions, type RetryOptions } from "./retry-options.ts";
import { type Transport } from "./transport.ts";

/** A destination that stands in for another. */
export interface Fallback {
  /** Used by this exporter alone, which also closes it. */
  readonly transport: Transport;
  /** Its name in `stats` and heartbeats. */
  readonly target: string;
}

/** What an exporter is made of. `format` and `transport` are all it needs. */
export interface ExporterOptions<E> {
  readonly format: Formatter<E>;
  /** Used by this exporter alone, which also closes it. */
  readonly transport: Transport;
  /**
   * Destinations for when `transport` fails, in the order of preference. Events go to one at a time: to the first again
   * when it can be reached, which is tried as often as its backoff lets it. Default: none.
   */
  readonly fallbacks?: readonly Fallback[];
  /** Used by this exporter alone, and empty, but for what is in its `store`. Default: a `memoryQueue` with `limits`. */
  readonly queue?: Queue;
  /** The bounds of the default queue. With a queue of your own: its bounds, by which `ready` goes. */
  readonly limits?: QueueLimits;
  /** Makes an event of the exporter's own facts. Default: none, and nothing but the counters tells of losses. */
  readonly ownEvent?: (facts: ExporterFacts) => E;
  /** Name of the destination in `stats` and heartbeats, such as `tcp://siem.example:514`. Default `transport`. */
  readonly target?: string;
  /** Time between two heartbeats. Needs `ownEvent`. Default 0: none. */
  readonly heartbeatMs?: number;
  /** Whether to tell of the start and the end (`ExporterStart`, `ExporterStop`). Needs `ownEvent`. Default false. */
  readonly lifecycle?: boolean;
  /** Least time between two loss reports, at least 100. Default 10 000. */
  readonly lossReportIntervalMs?: number;
  /** What was handed over this long before the last send is sent again when the connection breaks. Default 0: nothing. */
  readonly replayWindowMs?: number;
  /** Default 512. */
  readonly maxBatchEvents?: number;
  /** UTF-8 bytes of a batch of more than one message. Default 262 144 (256 KiB). */
  readonly maxBatchBytes?: number;
  /** Upper bound of one send, connecting included. A transport's own limits should be tighter. Default 60 000. */
  readonly attemptTimeoutMs?: number;
  readonly retry?: RetryOptions;
  /** Default `systemEffects`. */
  readonly effects?: Effects;
}

/** Options with every default filled in. */
export interface ResolvedOptions<E>
  extends Required<Omit<ExporterOptions<E>, "ownEvent" | "transport" | "target" | "fallbacks">> {
  /** At least one, in the order of preference. */
  readonly targets: readonly Fallback[];
  readonly ownEvent: ((facts: ExporterFacts) => E) | undefined;
  readonly limits: Required<QueueLimits>;
  readonly retry: Required<RetryOptions>;
}

/** Fills in the defaults and rejects values that cannot work with `OptionError`. Does not change its argument. */
export function resolveExporterOptions<E>(options: ExporterOptions<E>): ResolvedOptions<E> {
  const { format, transport, ownEvent, target = "transport", effects = systemEffects } = options;
  const targets = [{ transport, target }, ...(options.fallbacks ?? [])];
  const { lifecycle = false, heartbeatMs = 0, lossReportIntervalMs = 10_000, replayWindowMs = 0 } = options;
  const { maxBatchEvents = 512, maxBatchBytes = 256 * 1024, attemptTimeoutMs = 60_000 } = options;
  const limits = resolveQueueLimits(options.limits);
  const queue = options.queue ?? memoryQueue(limits);
  if (queue.size !== 0 && queue.store === undefined) throw new OptionError("queue", "empty: size 0", queue.size);
  checkDuration("heartbeatMs", heartbeatMs, 0);
  if (heartbeatMs > 0 && ownEvent === undefined)
    throw new OptionError("heartbeatMs", "0 without ownEvent", heartbeatMs);
  if (lifecycle && ownEvent === undefined) throw new OptionError("lifecycle", "false without ownEvent", lifecycle);
  checkDuration("lossReportIntervalMs", lossReportIntervalMs, 100);
  checkDuration("replayWindowMs", replayWindowMs, 0);
  checkInteger("maxBatchEvents", maxBatchEvents, 1);
  checkInteger("maxBatchBytes", maxBatchBytes, 1);
  checkDuration("attemptTimeoutMs", attemptTimeoutMs, 1);
  return {
    format,
    targets,
    queue,
    limits,
    ownEvent,
    heartbeatMs,
    lifecycle,
    lossReportIntervalMs,
    replayWindowMs,
    maxBatchEvents,
    maxBatchBytes,
    attemptTimeoutMs,
    retry: resolveRetryOptions(options.retry),
    effects,
  };
}
