import { type TransportErrorCode } from "./errors.ts";
import { type DropReason } from "./loss-window.ts";
import { type StoreStats } from "./queue-store.ts";
import { type PeerInfo, type TransportState } from "./transport.ts";

/**
 * How the way to the collector is: `idle` (nothing was sent yet, or the connection ended and nothing has to be sent),
 * `connecting`, `connected`, `backing-off` (waits before the next attempt), `failing-over` (a destination failed, and another
 * one is on trial) or `closed`.
 */
export type ExporterState = TransportState | "backing-off" | "failing-over";

/** The state has changed, or the destination. */
export interface StateChange {
  readonly state: ExporterState;
  readonly previous: ExporterState;
  /** The destination that events go to. */
  readonly target: string;
}

/** The last thing that went wrong. */
export interface ErrorReport {
  /** `format`: the formatter or `ownEvent` threw. `store`: the disk of the queue. */
  readonly code: TransportErrorCode | "format" | "store";
  /** Names the destination, never event content. */
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

/** What waits for a destination that has a queue of its own, and what became of the rest. */
export interface QueueStats {
  readonly accepted: number;
  readonly dropped: Readonly<Record<DropReason, number>>;
  /** Accepted events that wait. Replays are not among them. */
  readonly queuedEvents: number;
  /** UTF-8 bytes in the queue, replays included. Of a queue with a `store`: in memory. */
  readonly queuedBytes: number;
  /** The highest sequence number given out. */
  readonly lastSeq: number;
  /** Every number up to it was sent or dropped. */
  readonly confirmedSeq: number;
  /** Absent when the queue is in memory alone. */
  readonly store?: StoreStats;
}

/** One destination. */
export interface TargetStats {
  readonly target: string;
  /** Whether events go there now. Of several for failover, one is. */
  readonly active: boolean;
  readonly state: ExporterState;
  /** Present while connected. */
  readonly peer?: PeerInfo;
  /** Events handed over, replays and the exporter's own not included. */
  readonly sent: number;
  /** Messages sent again because a connection broke, to this one or another. */
  readonly replayed: number;
  /** Attempts made after a failed one. */
  readonly retried: number;
  /** Failed sends and broken connections. */
  readonly errors: number;
  readonly lastError?: ErrorReport;
  /** Absent where several destinations share one queue, for failover. */
  readonly queue?: QueueStats;
}

/**
 * A snapshot of all counters. At any moment
 * `accepted = sent + queuedEvents + dropped.evicted + dropped.rejected + dropped.shutdown + dropped.damaged`.
 * What an earlier process left in the store of the queue counts as accepted.
 */
export interface ExporterStats extends QueueStats {
  /** Handed to the transport's connection, and acknowledged where the transport confirms. Else no proof that the collector has it. */
  readonly sent: number;
  /** Messages sent again because a connection broke. */
  readonly replayed: number;
  /** Attempts made after a failed one. */
  readonly retried: number;
  /** Failed sends, broken connections, and events that could not be formatted because the formatter threw. */
  readonly errors: number;
  /** The exporter's own events, delivered. */
  readonly own: number;
  readonly state: ExporterState;
  readonly lastError?: ErrorReport;
  readonly targets: readonly TargetStats[];
}
