import { createSiemExporter, type SiemConfig } from "@clawmetry/siem-exporter";
import { distribution } from "./distribution.ts";
import { median } from "./median.ts";
import { publish, type ReportRow } from "./report.ts";
import { type SinkCalls } from "./sink-calls.ts";
import { startProcess } from "./start-process.ts";
import { startStalledCollector } from "./start-stalled-collector.ts";
import { timeCalls } from "./time-calls.ts";
import { usualEvents } from "./usual-events.ts";

const ROUNDS = 5;
const events = usualEvents();

interface Case {
  readonly name: string;
  readonly config: SiemConfig;
  readonly calls: number;
}

async function measureCase({ name, config, calls }: Case): Promise<ReportRow> {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const exporter = createSiemExporter(config);
    const send = (number: number): unknown => exporter.send(events[number % events.length] ?? {});
    rounds.push(distribution(await timeCalls(send, { calls, warmUp: 20_000, everyTurn: 10 })));
    await exporter.close({ timeoutMs: 100 });
  }
  const p50 = median(rounds.map((round) => round.p50));
  const p999 = median(rounds.map((round) => round.p999));
  const max = Math.max(...rounds.map((round) => round.max));
  return [name, p50, median(rounds.map((round) => round.p99)), p999, max, p999 / p50];
}

const sink = startProcess<SinkCalls>("sink.js");
const stalled = await startStalledCollector();
try {
  const port = await sink.call("open", "tcp", "", "");
  const tcp = { host: "127.0.0.1", protocol: "tcp" } as const;
  const nobody = { host: "127.0.0.1", protocol: "tcp", port: 1 } as const;
  const cases: readonly Case[] = [
    { name: "accepted, collector reads", config: { ...tcp, port, queueEvents: 1_000_000 }, calls: 30_000 },
    {
      name: "accepted, collector stalled",
      config: { ...tcp, port: stalled.port, queueEvents: 1_000_000, queueBytes: 2 ** 30 },
      calls: 30_000,
    },
    {
      name: "accepted, nobody there",
      config: { ...nobody, queueEvents: 1_000_000, queueBytes: 2 ** 30 },
      calls: 30_000,
    },
    { name: "full, collector stalled", config: { ...tcp, port: stalled.port }, calls: 30_000 },
    { name: "full, nobody there", config: nobody, calls: 30_000 },
  ];
  const rows: ReportRow[] = [];
  for (const one of cases) rows.push(await measureCase(one));
  publish({
    title: "`send()` when on",
    about: `Microseconds of single calls, CEF: medians of ${ROUNDS} rounds of 30,000 calls after 20,000 others; the greatest of all.`,
    columns: ["state", "p50 µs", "p99 µs", "p99.9 µs", "max µs", "p99.9 / p50"],
    rows,
  });
} finally {
  await Promise.all([sink.stop(), stalled.stop()]);
}
