import { Counter, Gauge, Registry } from "prom-client";
import type { SiemExporter } from "./create-siem-exporter.ts";
import { type ExporterMetric, exporterMetrics } from "./exporter-metrics.ts";

/** The counters of an exporter in the text format of Prometheus, such as `clawmetry_siem_events_accepted_total 41`. */
export async function prometheusText(exporter: SiemExporter): Promise<string> {
  const registry = new Registry();
  registerPrometheusMetrics(exporter, registry);
  return registry.metrics();
}

/**
 * Adds the counters of an exporter to a registry of prom-client, which reads them whenever it is scraped. One exporter for each
 * registry: prom-client throws for a second metric of the same name.
 */
export function registerPrometheusMetrics(exporter: SiemExporter, registry: Registry): void {
  for (const metric of exporterMetrics) register(metric, exporter, registry);
}

function register(metric: ExporterMetric, exporter: SiemExporter, registry: Registry): void {
  const options = {
    name: nameOf(metric),
    help: metric.description,
    labelNames: [...metric.labels],
    registers: [registry],
  };
  if (metric.kind === "gauge") {
    new Gauge({
      ...options,
      collect() {
        this.reset(); // a label that is gone must not stay
        for (const { value, labels } of metric.read(exporter.stats)) this.set(labels, value);
      },
    });
    return;
  }
  new Counter({
    ...options,
    collect() {
      this.reset(); // it can only be added to, and we know the sum
      for (const { value, labels } of metric.read(exporter.stats)) this.inc(labels, value);
    },
  });
}

// `events.accepted` → `clawmetry_siem_events_accepted_total`, `queue.size` in bytes → `clawmetry_siem_queue_size_bytes`
function nameOf({ name, kind, unit }: ExporterMetric): string {
  const ending = `${unit === "By" ? "_bytes" : ""}${kind === "counter" ? "_total" : ""}`;
  return `clawmetry_siem_${name.replaceAll(".", "_")}${ending}`;
}
