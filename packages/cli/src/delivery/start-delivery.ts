import { type AgentEvent, type ExporterStats, type SiemExporter } from "@clawmetry/siem-exporter";
import { watchProgress } from "./watch-progress.ts";

/** How long a delivery waits, and for whom it ends. */
export interface DeliveryLimits {
  /** For what is still waiting when it ends, in milliseconds. */
  readonly timeoutMs: number;
  /** It ends when nothing was sent for so long although something waits, in milliseconds. */
  readonly giveUpMs: number;
  /** Aborted when the user wants it to end. */
  readonly signal: AbortSignal;
}

/** What became of the events. */
export interface DeliveryReport {
  readonly stats: ExporterStats;
  /** Events that were still waiting at the end. */
  readonly left: number;
  /** Whether it was given up because nothing moved. */
  readonly gaveUp: boolean;
}

/** A delivery under way. */
export interface Delivery {
  /** Waits until the queue has room, and queues the event. False when it was dropped. */
  readonly send: (event: AgentEvent) => Promise<boolean>;
  /** Aborted when nothing more should be sent. */
  readonly stopped: AbortSignal;
  /** Resolves when everything was sent, or it was stopped and its time was up. The exporter is closed then. */
  readonly finish: () => Promise<DeliveryReport>;
}

// A collector that took nothing for the whole time of `giveUpMs` will not take it now.
const GAVE_UP_TIMEOUT_MS = 500;

/** Sends through an exporter at the collector's pace, never hanging for ever. Keeps the process alive until `finish`. */
export function startDelivery(exporter: SiemExporter, { timeoutMs, giveUpMs, signal }: DeliveryLimits): Delivery {
  const stop = new AbortController();
  let gaveUp = false;

  // From here on `ready` and `flush` wait for nothing but the end.
  function end(): void {
    stop.abort();
    void exporter.close({ timeoutMs: gaveUp ? Math.min(timeoutMs, GAVE_UP_TIMEOUT_MS) : timeoutMs });
  }

  const watch = watchProgress(exporter, giveUpMs, () => {
    gaveUp = true;
    end();
  });
  signal.addEventListener("abort", end, { once: true });

  return {
    send: async (event) => {
      await exporter.ready();
      return !stop.signal.aborted && exporter.send(event);
    },
    stopped: stop.signal,
    finish: async () => {
      watch.expectEnd();
      await exporter.flush({ timeoutMs: Infinity });
      const { left } = await exporter.close({ timeoutMs });
      watch.stop();
      signal.removeEventListener("abort", end);
      return { stats: exporter.stats, left, gaveUp };
    },
  };
}
