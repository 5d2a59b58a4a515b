import { type Heartbeat } from "./heartbeat.ts";
import { type LossReport } from "./loss-window.ts";

/** An exporter was started, and what is known of the process that used the store of its queue before. */
export interface ExporterStart {
  readonly kind: "start";
  /** Absent without a store, and at its first use. `clean`: it closed the store. */
  readonly previous?: { readonly boot: string; readonly clean: boolean; readonly lastSeq: number };
  /** Events that were left for this process. */
  readonly recovered: number;
}

/** An exporter is about to end. */
export interface ExporterStop {
  readonly kind: "stop";
  /** The highest sequence number before this event's own. */
  readonly lastSeq: number;
  /** Events that wait, or are sent again, at this moment. */
  readonly unsent: number;
}

/** What an exporter tells of itself. */
export type ExporterFacts = LossReport | Heartbeat | ExporterStart | ExporterStop;
