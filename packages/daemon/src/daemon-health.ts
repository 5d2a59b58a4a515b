import { type ExporterStats } from "@clawmetry/siem-exporter";
import { type Forwarder } from "./forward/create-forwarder.ts";
import { type ForwardHook } from "./forward/forward-hook.ts";
import { type Ingest } from "./ingest/create-ingest.ts";
import { type Store } from "./store/open-store.ts";

/** How a daemon is. Counters and names only, never what an event says. */
export interface DaemonHealth {
  readonly status: "ok";
  readonly uptimeSeconds: number;
  readonly nodeId: string;
  readonly store: {
    /** How many events it holds. */
    readonly rows: number;
    /** Row number of the newest event. */
    readonly lastSeq: number;
    /** Up to this row, a restart sends nothing again. */
    readonly forwardedSeq: number;
  };
  readonly ingest: {
    /** Events that wait to be stored. */
    readonly waiting: number;
  };
  readonly forwarding: {
    /** Stored events that the exporter has not been given yet. */
    readonly waiting: number;
    /** The exporter's counters. */
    readonly exporter: ExporterStats;
  } | null;
}

export interface HealthSources {
  readonly store: Pick<Store, "rows" | "lastSeq" | "forwardedSeq">;
  readonly ingest: Pick<Ingest, "waiting">;
  /** Both undefined when export is off. */
  readonly forwarder: Pick<Forwarder, "position"> | undefined;
  readonly hook: Pick<ForwardHook, "stats"> | undefined;
  readonly nodeId: string;
  /** Milliseconds since 1970. */
  readonly startedMs: number;
}

/** Reads all counters at once. */
export function readHealth({ store, ingest, forwarder, hook, nodeId, startedMs }: HealthSources): DaemonHealth {
  const { rows, lastSeq, forwardedSeq } = store;
  return {
    status: "ok",
    uptimeSeconds: Math.max(0, Math.round((Date.now() - startedMs) / 1000)),
    nodeId,
    store: { rows, lastSeq, forwardedSeq },
    ingest: { waiting: ingest.waiting },
    forwarding:
      forwarder === undefined || hook === undefined
        ? null
        : { waiting: lastSeq - forwarder.position, exporter: hook.stats },
  };
}
