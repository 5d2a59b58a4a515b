// Prints what the SDK of OpenTelemetry collects from an exporter of two targets, at four moments. A process of its own, because
// the test runner asks for the build for bundlers, which Node cannot load.
import { createSiemExporter } from "@clawmetry/siem-exporter";
import { observeWithOpenTelemetry } from "@clawmetry/siem-exporter/opentelemetry";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";

const exporter = createSiemExporter({ host: "127.0.0.1,localhost", port: 9, mode: "all", heartbeatSeconds: 0 });
const reader = new PeriodicExportingMetricReader({
  exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE),
  exportIntervalMillis: 3_600_000,
});
const provider = new MeterProvider({ readers: [reader] });
const stop = observeWithOpenTelemetry(exporter, provider.getMeter("test"));

async function print(moment: string): Promise<void> {
  const { resourceMetrics, errors } = await reader.collect();
  const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  console.log(JSON.stringify({ moment, errors, metrics }));
}

exporter.send({ event_type: "tool.call" });
exporter.send({ event_type: "tool.result" });
await print("queued");
await exporter.flush();
await print("sent");
await exporter.close();
exporter.send({ event_type: "tool.call" });
await print("closed");
stop();
exporter.send({ event_type: "tool.call" });
await print("stopped");
await provider.shutdown();
