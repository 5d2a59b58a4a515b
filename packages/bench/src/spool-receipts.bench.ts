import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSiemExporter } from "@clawmetry/siem-exporter";
import { processClocks } from "./process-clocks.ts";
import { publish, type ReportRow } from "./report.ts";
import { type SinkCalls } from "./sink-calls.ts";
import { startProcess } from "./start-process.ts";
import { usualEvents } from "./usual-events.ts";

const LIMIT_MS = 4000;
const events = usualEvents();

/** Sends with so many `sendOrWait` under way at a time, for some seconds. */
async function rowOf(port: number, atOnce: number): Promise<ReportRow> {
  const folder = mkdtempSync(join(tmpdir(), "spool-bench-"));
  const exporter = createSiemExporter({ host: "127.0.0.1", port, protocol: "tcp", spoolDir: join(folder, "spool") });
  const cpuStart = processClocks.cpuUs();
  const start = performance.now();
  let count = 0;
  const inTurn = async (): Promise<void> => {
    while (performance.now() - start < LIMIT_MS) {
      count += 1;
      await exporter.sendOrWait({ ...events[count % events.length] }, { timeoutMs: 60_000 });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, inTurn));
  const seconds = (performance.now() - start) / 1000;
  const cpuUs = (processClocks.cpuUs() - cpuStart) / count;
  await exporter.close({ timeoutMs: 5000 });
  rmSync(folder, { recursive: true });
  return [`${atOnce} at once`, count / seconds, (seconds * atOnce * 1000) / count, cpuUs];
}

const sink = startProcess<SinkCalls>("sink.js");
try {
  const port = await sink.call("open", "tcp", "", "");
  const rows: ReportRow[] = [];
  for (const atOnce of [1, 16, 128, 1024]) rows.push(await rowOf(port, atOnce));
  publish({
    title: "sendOrWait with a spool",
    about: `CEF over TCP to a collector that keeps up, for ${LIMIT_MS / 1000} s each: every event is on disk and synced before its promise resolves, those that wait at the same time by one sync.`,
    columns: ["under way", "events/s", "ms/event", "CPU µs/event"],
    rows,
  });
} finally {
  await sink.stop();
}
