// Types only, as a statement: an import of types in braces would load the module all the same.
import type { Meter, Observable } from "@opentelemetry/api";
import type { SiemExporter } from "./create-siem-exporter.ts";
import { type ExporterMetric, exporterMetrics } from "./exporter-metrics.ts";

const PREFIX = "clawmetry.siem.";

/**
 * Shows the counters of an exporter as observable instruments of OpenTelemetry, `clawmetry.siem.events.accepted` and so on, all
 * read from one snapshot at each collection. Gives the function that ends it. One exporter for each meter: instruments of the
 * same name would be one.
 */
export function observeWithOpenTelemetry(exporter: SiemExporter, meter: Meter): () => void {
  const instruments = exporterMetrics.map((metric) => ({ metric, instrument: instrumentOf(metric, meter) }));
  const observables = instruments.map(({ instrument }) => instrument);
  const observe: Parameters<Meter["addBatchObservableCallback"]>[0] = (result) => {
    const { stats } = exporter;
    for (const { metric, instrument } of instruments) {
      for (const { value, labels } of metric.read(stats)) result.observe(instrument, value, labels);
    }
  };
  meter.addBatchObservableCallback(observe, observables);
  return () => {
    meter.removeBatchObservableCallback(observe, observables);
  };
}

function instrumentOf({ name, kind, unit, description }: ExporterMetric, meter: Meter): Observable {
  const options = { unit, description };
  return kind === "counter"
    ? meter.createObservableCounter(PREFIX + name, options)
    : meter.createObservableGauge(PREFIX + name, options);
}
