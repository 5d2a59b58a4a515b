import {
  closeDefaultExporter,
  type CloseReport,
  type ExporterStats,
  forwardEvent,
  getDefaultExporter,
  readConfig,
  type AgentEvent,
  type SiemExporter,
} from "@clawmetry/siem-exporter";

/** The way from the store to the SIEM: all that the daemon knows of the exporter. */
export interface ForwardHook {
  /** Takes an event in microseconds. Never throws, and keeps nothing waiting. */
  readonly forward: (event: AgentEvent) => void;
  /** Resolves when the exporter has room: what it cannot take now is read from the store later. */
  readonly ready: () => Promise<void>;
  /** The exporter's counters, at this moment. */
  readonly stats: ExporterStats;
  /** For how long after it was sent an event may still have to be sent again, in milliseconds. */
  readonly replayWindowMs: number;
  /** Sends what the exporter still has, within the time, and ends it. Never rejects. */
  readonly close: (timeoutMs: number) => Promise<CloseReport>;
}

/**
 * The hook of the process-wide exporter, which `CLAWMETRY_SIEM_*` configures, or of an exporter of your own. Undefined when export is
 * off; a bad setting is told in a process warning, and is off.
 */
export function createForwardHook(exporter?: SiemExporter): ForwardHook | undefined {
  const used = exporter ?? getDefaultExporter();
  if (used === undefined) return undefined;
  return {
    forward: exporter === undefined ? forwardEvent : (event) => void exporter.send(event),
    ready: used.ready,
    get stats() {
      return used.stats;
    },
    replayWindowMs: exporter === undefined ? configuredWindowMs() : 0,
    close: async (timeoutMs) =>
      (exporter === undefined ? await closeDefaultExporter({ timeoutMs }) : undefined) ?? used.close({ timeoutMs }),
  };
}

function configuredWindowMs(): number {
  const targets = readConfig()?.targets ?? [];
  return Math.max(0, ...targets.map(({ replayWindowMs }) => replayWindowMs));
}
