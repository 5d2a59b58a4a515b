import { type CloseReport } from "./closing.ts";
import { OptionError } from "./errors.ts";
import { type Exporter } from "./exporter.ts";
import { createReadiness } from "./readiness.ts";
import { sumStats } from "./sum-stats.ts";

/**
 * One exporter in front of several, each with its own queue, numbers and counters, so that a dead destination never slows
 * another. Throws `OptionError` without any.
 *
 * `send` gives true when every one accepted the event, and `sendOrWait` resolves when it is safe with every one; it rejects with the
 * first that fails, and others may have it all the same. `ready` waits for those that can be reached; when none can, for any.
 * `flush` and `close` run side by side, each within the whole time limit. In `stats`, counters are sums, `lastSeq` is the
 * highest, `confirmedSeq` the lowest, and `state` the one that needs most attention; `targets` has each destination's own.
 */
export function exportToAll<E>(exporters: readonly Exporter<E>[]): Exporter<E> {
  if (exporters.length === 0) throw new OptionError("exporters", "at least one", exporters.length);
  const readiness = createReadiness(exporters);
  let closing: Promise<CloseReport> | undefined;

  async function closeAll(limit: { readonly timeoutMs?: number } | undefined): Promise<CloseReport> {
    const reports = await Promise.all(exporters.map(async (exporter) => exporter.close(limit)));
    return reports.reduce((one, other) => ({
      sent: one.sent + other.sent,
      dropped: one.dropped + other.dropped,
      left: one.left + other.left,
    }));
  }

  return {
    send: (event) => exporters.map((exporter) => exporter.send(event)).every((accepted) => accepted),
    sendOrWait: async (event, options) => {
      await Promise.all(exporters.map(async (exporter) => exporter.sendOrWait(event, options)));
    },
    ready: readiness.ready,
    flush: async (limit) => {
      const flushed = await Promise.all(exporters.map(async (exporter) => exporter.flush(limit)));
      return flushed.every((all) => all);
    },
    close: (limit) => (closing ??= closeAll(limit)),
    onStateChange: (listener) => {
      const ends = exporters.map((exporter) => exporter.onStateChange(listener));
      return () => {
        for (const end of ends) end();
      };
    },
    get stats() {
      return sumStats(exporters.map((exporter) => exporter.stats));
    },
  };
}
