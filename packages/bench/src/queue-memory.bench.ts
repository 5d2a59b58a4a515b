import { setImmediate as nextTurn } from "node:timers/promises";
import { createSiemExporter } from "@clawmetry/siem-exporter";
import { median } from "./median.ts";
import { publish, type ReportRow } from "./report.ts";
import { startStalledCollector } from "./start-stalled-collector.ts";
import { usedMemory } from "./used-memory.ts";
import { usualEvents } from "./usual-events.ts";

const ROUNDS = 5;
const QUEUE_BYTES = 33_554_432; // the default
const events = usualEvents();

interface Fill {
  readonly queuedBytes: number;
  readonly grown: number;
}

async function fill(port: number, format: "cef" | "json", queueEvents: number, offered: number): Promise<Fill> {
  const before = usedMemory();
  const exporter = createSiemExporter({ host: "127.0.0.1", port, protocol: "tcp", format, queueEvents });
  for (let number = 0; number < offered; number++) {
    exporter.send({ ...events[number % events.length], session_id: `session ${number % 50}` });
    if (number % 1000 === 0) await nextTurn();
  }
  const grown = usedMemory() - before;
  const { queuedBytes } = exporter.stats;
  await exporter.close({ timeoutMs: 100 });
  return { queuedBytes, grown };
}

const stalled = await startStalledCollector();
try {
  const rows: ReportRow[] = [];
  for (const [format, queueEvents, offered] of [
    ["cef", 10_000, 60_000],
    ["cef", 1_000_000, 120_000],
    ["json", 10_000, 60_000],
    ["json", 1_000_000, 120_000],
  ] as const) {
    const fills: Fill[] = [];
    for (let round = 0; round < ROUNDS; round++) fills.push(await fill(stalled.port, format, queueEvents, offered));
    const grown = median(fills.map((one) => one.grown));
    const queued = median(fills.map((one) => one.queuedBytes));
    const name = `${format.toUpperCase()}, ${queueEvents.toLocaleString("en")} events`;
    rows.push([name, queued / 2 ** 20, grown / 2 ** 20, grown / queued, grown / QUEUE_BYTES]);
  }
  publish({
    title: "Memory of a full queue",
    about: `The collector is stalled; heap and buffers after a collection, medians of ${ROUNDS} rounds. The limit is 32 MiB.`,
    columns: ["queue", "queued MiB", "in use MiB", "× queued", "× limit"],
    rows,
  });
} finally {
  await stalled.stop();
}
