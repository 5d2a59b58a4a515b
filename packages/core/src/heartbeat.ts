import { type ExporterState } from "./stats.ts";

/** How the exporter is doing, for an event that tells the SIEM so. */
export interface Heartbeat {
  readonly kind: "heartbeat";
  readonly accepted: number;
  readonly sent: number;
  /** All reasons together. */
  readonly dropped: number;
  readonly queued: number;
  /** The highest sequence number before this event's own. */
  readonly lastSeq: number;
  readonly state: ExporterState;
  readonly target: string;
  /** Whole days until the collector's certificate ends. Absent when none is known. */
  readonly certDays?: number;
}
