import { type TransportErrorCode } from "./errors.ts";
import { type DropReason } from "./loss-window.ts";
import { type PeerInfo, type TransportState } from "./transport.ts";

/** What the transport is doing, or `retrying` while a failure is waited out. */
export type ExporterState = TransportState | "retrying";

/** The last thing that went wrong. */
export interface ErrorReport {
  /** `format`: the formatter or `ownEvent` threw. */
  readonly code: TransportErrorCode | "format";
  /** Names the destination, never event content. */
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

/** One destination. */
export interface TargetStats {
  readonly target: string;
  readonly state: ExporterState;
  /** Present while connected. */
  readonly peer?: PeerInfo;
  /** Events handed over, replays and the exporter's own not included. */
  readonly sent: number;
  /** Failed sends and broken connections. */
  readonly errors: number;
  readonly lastError?: ErrorReport;
}

/**
 * A snapshot of all counters. At any moment
 * `accepted = sent + queuedEvents + dropped.evicted + dropped.rejected + dropped.shutdown`.
 */
export interface ExporterStats {
  readonly accepted: number;
  /** Handed to the transport's connection. No proof that the collector stored it. */
  readonly sent: number;
  readonly dropped: Readonly<Record<DropReason, number>>;
  /** Messages sent again because a connection broke. */
  readonly replayed: number;
  /** Attempts made after a failed one. */
  readonly retried: number;
  /** Failed sends, broken connections, and events that could not be formatted because the formatter threw. */
  readonly errors: number;
  /** The exporter's own events, delivered. */
  readonly own: number;
  /** Accepted events that wait. Replays are not among them. */
  readonly queuedEvents: number;
  /** UTF-8 bytes in the queue, replays included. */
  readonly queuedBytes: number;
  /** The highest sequence number given out. */
  readonly lastSeq: number;
  /** Every number up to it was sent or dropped. */
  readonly confirmedSeq: number;
  readonly state: ExporterState;
  readonly lastError?: ErrorReport;
  readonly targets: readonly TargetStats[];
}
