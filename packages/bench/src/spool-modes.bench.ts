import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createSiemExporter, type SiemConfig } from "@clawmetry/siem-exporter";
import { median } from "./median.ts";
import { processClocks } from "./process-clocks.ts";
import { publish, type ReportRow } from "./report.ts";
import { type SinkCalls } from "./sink-calls.ts";
import { startProcess } from "./start-process.ts";
import { startStalledCollector } from "./start-stalled-collector.ts";
import { usualEvents } from "./usual-events.ts";

const ROUNDS = 3;
const COUNT = 60_000;
const MOST_WAITING = 4000;
const events = usualEvents();

interface Cost {
  readonly perSecond: number;
  readonly cpuUs: number;
}

/** What `COUNT` events cost from the first `send` to the last one, `drain` included when the collector takes them. */
async function round(config: SiemConfig, atOnce: number, drain: boolean): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), "spool-bench-"));
  const spool = config.spoolSync === undefined ? {} : { spoolDir: join(folder, "spool") };
  const exporter = createSiemExporter({ ...config, ...spool });
  const cpuStart = processClocks.cpuUs();
  const wallStart = processClocks.wallUs();
  for (let sent = 0; sent < COUNT; sent += atOnce) {
    // With a spool, `ready` waits for room on disk.
    while (drain && exporter.stats.queuedEvents > MOST_WAITING) await nextTurn();
    for (let index = 0; index < atOnce; index++) exporter.send({ ...events[(sent + index) % events.length] });
    await nextTurn();
  }
  if (drain) await exporter.flush({ timeoutMs: 60_000 });
  const cpuUs = (processClocks.cpuUs() - cpuStart) / COUNT;
  const perSecond = COUNT / ((processClocks.wallUs() - wallStart) / 1e6);
  const { dropped } = exporter.stats;
  await exporter.close({ timeoutMs: 100 });
  rmSync(folder, { recursive: true });
  if (Object.values(dropped).some((count) => count > 0)) throw new Error("events were dropped");
  return { perSecond, cpuUs };
}

async function rowOf(name: string, config: SiemConfig, drain: boolean): Promise<ReportRow> {
  const costs: Cost[] = [];
  for (let count = 0; count < ROUNDS; count++) costs.push(await round(config, 500, drain));
  return [name, median(costs.map((cost) => cost.perSecond)), median(costs.map((cost) => cost.cpuUs))];
}

const sink = startProcess<SinkCalls>("sink.js");
const stalled = await startStalledCollector();
try {
  const port = await sink.call("open", "tcp", "", "");
  const up = { host: "127.0.0.1", port, protocol: "tcp" } as const;
  const away = { ...up, port: stalled.port };
  publish({
    title: "A spool, by sync mode",
    about: `CEF over TCP, ${COUNT.toLocaleString("en")} events in turns of 500, medians of ${ROUNDS} rounds. A collector that keeps up: until all were handed over. One that is stalled: until all were accepted.`,
    columns: ["spool", "events/s", "CPU µs/event"],
    rows: [
      await rowOf("none, collector keeps up", up, true),
      await rowOf("never, collector keeps up", { ...up, spoolSync: "never" }, true),
      await rowOf("interval, collector keeps up", { ...up, spoolSync: "interval" }, true),
      await rowOf("always, collector keeps up", { ...up, spoolSync: "always" }, true),
      await rowOf("never, collector stalled", { ...away, spoolSync: "never" }, false),
      await rowOf("interval, collector stalled", { ...away, spoolSync: "interval" }, false),
      await rowOf("always, collector stalled", { ...away, spoolSync: "always" }, false),
    ],
  });
} finally {
  await stalled.stop();
  await sink.stop();
}
