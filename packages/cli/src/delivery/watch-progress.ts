import { type ExporterStats, type SiemExporter } from "@clawmetry/siem-exporter";

/** Tells when nothing moves any more. */
export interface ProgressWatch {
  /** From now on everything must move: nothing more comes that could be waited for. */
  readonly expectEnd: () => void;
  readonly stop: () => void;
}

const MAX_INTERVAL_MS = 1000;
const LOOKS_PER_LIMIT = 10;

/**
 * Calls `onStall` once, when something waits and nothing was sent for `limitMs`. Keeps the process alive until `stop`: nothing
 * of an exporter does, and a wait for its queue would end with the process.
 */
export function watchProgress(exporter: SiemExporter, limitMs: number, onStall: () => void): ProgressWatch {
  let last = NaN;
  let movedMs = performance.now();
  let ending = false;

  function look(): void {
    const { stats } = exporter;
    const nowMs = performance.now();
    const progress = progressOf(stats);
    const idle = stats.queuedEvents === 0 && !ending;
    if (idle || progress !== last) movedMs = nowMs;
    last = progress;
    if (nowMs - movedMs < limitMs) return;
    clearInterval(timer);
    onStall();
  }

  const timer = setInterval(look, Math.min(MAX_INTERVAL_MS, limitMs / LOOKS_PER_LIMIT));
  return {
    expectEnd: () => {
      ending = true;
      movedMs = performance.now();
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

function progressOf({ sent, replayed, dropped }: ExporterStats): number {
  return sent + replayed + dropped.evicted + dropped.rejected;
}
