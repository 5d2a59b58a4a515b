import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { type AddressInfo } from "node:net";
import { memoryTransport } from "@clawmetry/siem-transports/memory";
import { Registry } from "prom-client";
import { expect, onTestFinished, test } from "vitest";
import { metricsServer } from "../test/metrics-server.ts";
import { composeExporter, type SiemExporter } from "./create-siem-exporter.ts";
import { prometheusText, registerPrometheusMetrics } from "./prometheus.ts";
import { resolveSiemConfig } from "./resolve-siem-config.ts";

function start(): SiemExporter {
  const config = resolveSiemConfig({ host: "a", protocol: "tcp", heartbeatSeconds: 0 });
  const exporter = composeExporter(config, () => memoryTransport());
  onTestFinished(() => void exporter.close({ timeoutMs: 100 }));
  return exporter;
}

function valuesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

test("the text has every counter, with its type", async () => {
  const exporter = start();
  exporter.send({ event_type: "tool.call" });
  exporter.send({ event_type: "tool.result" });
  await exporter.flush();
  await exporter.close();
  exporter.send({ event_type: "tool.call" });
  const text = await prometheusText(exporter);
  expect(valuesOf(text)).toEqual([
    "clawmetry_siem_events_accepted_total 2",
    "clawmetry_siem_events_sent_total 2",
    'clawmetry_siem_events_dropped_total{reason="queue_full"} 0',
    'clawmetry_siem_events_dropped_total{reason="too_large"} 0',
    'clawmetry_siem_events_dropped_total{reason="refused"} 0',
    'clawmetry_siem_events_dropped_total{reason="closed"} 1',
    'clawmetry_siem_events_dropped_total{reason="evicted"} 0',
    'clawmetry_siem_events_dropped_total{reason="rejected"} 0',
    'clawmetry_siem_events_dropped_total{reason="shutdown"} 0',
    'clawmetry_siem_events_dropped_total{reason="damaged"} 0',
    "clawmetry_siem_events_replayed_total 0",
    "clawmetry_siem_events_own_total 0",
    "clawmetry_siem_sends_retried_total 0",
    "clawmetry_siem_errors_total 0",
    "clawmetry_siem_queue_events 0",
    "clawmetry_siem_queue_size_bytes 0",
    "clawmetry_siem_sequence_last 3",
    "clawmetry_siem_sequence_confirmed 3",
    'clawmetry_siem_target_state{target="tcp://a:514",state="idle"} 0',
    'clawmetry_siem_target_state{target="tcp://a:514",state="connecting"} 0',
    'clawmetry_siem_target_state{target="tcp://a:514",state="connected"} 0',
    'clawmetry_siem_target_state{target="tcp://a:514",state="backing-off"} 0',
    'clawmetry_siem_target_state{target="tcp://a:514",state="failing-over"} 0',
    'clawmetry_siem_target_state{target="tcp://a:514",state="closed"} 1',
    'clawmetry_siem_target_active{target="tcp://a:514"} 1',
    'clawmetry_siem_target_sent_total{target="tcp://a:514"} 2',
    'clawmetry_siem_target_errors_total{target="tcp://a:514"} 0',
    'clawmetry_siem_target_queue_events{target="tcp://a:514"} 0',
  ]);
  expect(text).toContain("# TYPE clawmetry_siem_events_accepted_total counter");
  expect(text).toContain("# TYPE clawmetry_siem_queue_size_bytes gauge");
});

test("a registry reads the counters at every scrape", async () => {
  const exporter = start();
  const registry = new Registry();
  registerPrometheusMetrics(exporter, registry);
  for (const expected of [1, 2]) {
    exporter.send({ event_type: "tool.call" });
    expect(valuesOf(await registry.metrics())).toContain(`clawmetry_siem_events_accepted_total ${expected}`);
  }
});

test("a second exporter in the same registry is refused", () => {
  const registry = new Registry();
  registerPrometheusMetrics(start(), registry);
  expect(() => {
    registerPrometheusMetrics(start(), registry);
  }).toThrow("clawmetry_siem_events_accepted_total");
});

test("the server of docs/operating.md answers a scrape", async () => {
  const exporter = start();
  exporter.send({ event_type: "tool.call" });
  const server = metricsServer(exporter).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(valuesOf(await answer.text())).toContain("clawmetry_siem_events_accepted_total 1");
});

test("docs/operating.md shows that server as it is", async () => {
  const source = await readFile(new URL("../test/metrics-server.ts", import.meta.url), "utf8");
  const document = await readFile(new URL("../../../docs/operating.md", import.meta.url), "utf8");
  expect(document).toContain("```ts\n" + source + "```\n");
});
