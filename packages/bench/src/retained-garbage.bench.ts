import { setImmediate as nextTurn } from "node:timers/promises";
import { createSiemExporter } from "@clawmetry/siem-exporter";
import { publish, type ReportRow } from "./report.ts";
import { type SinkCalls } from "./sink-calls.ts";
import { startProcess } from "./start-process.ts";
import { usedMemory } from "./used-memory.ts";
import { usualEvents } from "./usual-events.ts";

const TIME_LIMIT_MS = Number(process.env["BENCH_GARBAGE_SECONDS"] ?? 40) * 1000;
const STEP = 250_000;
const MAX_EVENTS = 10_000_000;
const events = usualEvents();

const sink = startProcess<SinkCalls>("sink.js");
try {
  const port = await sink.call("open", "tcp", "", "");
  const exporter = createSiemExporter({ host: "127.0.0.1", port, protocol: "tcp", replayWindowMs: 0 });
  const start = performance.now();
  const rows: ReportRow[] = [];
  let sent = 0;
  while (sent < MAX_EVENTS && performance.now() - start < TIME_LIMIT_MS) {
    for (const end = sent + STEP; sent < end; sent++) {
      if (sent % 500 === 0) {
        await exporter.ready();
        await nextTurn();
      }
      exporter.send({ ...events[sent % events.length], id: `event ${sent}`, session_id: `session ${sent % 1000}` });
    }
    await exporter.flush({ timeoutMs: 10_000 });
    rows.push([sent.toLocaleString("en"), usedMemory() / 2 ** 20]);
  }
  const { dropped } = exporter.stats;
  if (Object.values(dropped).some((count) => count > 0)) throw new Error("events were dropped");
  await exporter.close({ timeoutMs: 1000 });
  // Powers of two are enough to see a slope.
  const shown = rows.filter((_, index) => index === rows.length - 1 || Math.log2(index + 1) % 1 === 0);
  publish({
    title: "Retained garbage",
    about: `Heap and buffers after a collection with everything sent, up to ${MAX_EVENTS.toLocaleString("en")} events or ${TIME_LIMIT_MS / 1000} s.`,
    columns: ["events sent", "in use MiB"],
    rows: shown,
  });
} finally {
  await sink.stop();
}
