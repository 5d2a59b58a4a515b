import { mkdtemp, rm } from "node:fs/promises";
import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Daemon, startDaemon } from "@clawmetry/daemon";
import { createSiemExporter } from "@clawmetry/siem-exporter";
import { distribution } from "./distribution.ts";
import { median } from "./median.ts";
import { publish, type ReportRow } from "./report.ts";
import { type SinkCalls } from "./sink-calls.ts";
import { startProcess } from "./start-process.ts";
import { startStalledCollector } from "./start-stalled-collector.ts";
import { usualEvents } from "./usual-events.ts";

const ROUNDS = 5;
const REQUESTS = 60;
const WARM_UP = 10;
const SIZES = [1, 100];
const TOKEN = "benchmark-token-0123456789";

interface Case {
  readonly name: string;
  /** Of the collector, or none for a daemon that forwards nothing. */
  readonly port?: number;
}

interface Running {
  readonly name: string;
  readonly daemon: Daemon;
  readonly p50: Map<number, number[]>;
  readonly p99: Map<number, number[]>;
}

const folder = await mkdtemp(join(tmpdir(), "siem-ingest-"));
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const events = usualEvents();
let posted = 0;

async function start({ name, port }: Case, index: number): Promise<Running> {
  const exporter =
    port === undefined ? {} : { exporter: createSiemExporter({ host: "127.0.0.1", port, protocol: "tcp" }) };
  const storeFile = join(folder, `${index}.duckdb`);
  const daemon = await startDaemon({ storeFile, token: TOKEN, port: 0, ...exporter });
  return { name, daemon, p50: new Map(), p99: new Map() };
}

async function playRound({ daemon, p50, p99 }: Running, size: number): Promise<void> {
  const samples = new Float64Array(REQUESTS);
  for (let index = -WARM_UP; index < REQUESTS; index++) {
    const body = JSON.stringify({ events: Array.from({ length: size }, nextEvent) });
    const before = process.hrtime.bigint();
    await post(daemon, body);
    if (index >= 0) samples[index] = Number(process.hrtime.bigint() - before);
  }
  const found = distribution(samples);
  p50.set(size, [...(p50.get(size) ?? []), found.p50 / 1000]);
  p99.set(size, [...(p99.get(size) ?? []), found.p99 / 1000]);
}

function nextEvent(): unknown {
  const event = events[posted % events.length];
  return { ...event, id: `evt-${posted++}` };
}

async function post({ port }: Daemon, body: string): Promise<void> {
  const headers = { "X-ClawMetry-Token": TOKEN };
  const sent = request({ agent, host: "127.0.0.1", port, method: "POST", path: "/api/v1/runs/r/events", headers });
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  await once(response.resume(), "end");
  if (response.statusCode !== 200) throw new Error(`the daemon answered ${response.statusCode ?? 0}`);
}

const sink = startProcess<SinkCalls>("sink.js");
const stalled = await startStalledCollector();
try {
  const port = await sink.call("open", "tcp", "", "");
  const cases = [
    { name: "collector reads", port },
    { name: "collector stalled", port: stalled.port },
    { name: "not forwarding" },
  ];
  const running = await Promise.all(cases.map(start));
  for (let round = 0; round < ROUNDS; round++) {
    for (const size of SIZES) for (const one of running) await playRound(one, size);
  }
  const reading = running[0];
  const rows = SIZES.flatMap((size) =>
    running.map(({ name, p50, p99 }): ReportRow => {
      const [middle, beside] = [p50, reading?.p50].map((found) => median(found?.get(size) ?? []));
      return [`${name}, ${size} each`, middle ?? null, median(p99.get(size) ?? []), (middle ?? NaN) / (beside ?? NaN)];
    }),
  );
  publish({
    title: "Ingest of the daemon",
    about: `Milliseconds from a request to its answer, when its events are stored: medians of ${ROUNDS} rounds of ${REQUESTS} requests, one after the other.`,
    columns: ["state, events a request", "p50 ms", "p99 ms", "p50 / p50 with a collector that reads"],
    rows,
  });
  await Promise.all(running.map(({ daemon }) => daemon.close({ timeoutMs: 100 })));
} finally {
  agent.destroy();
  await Promise.all([sink.stop(), stalled.stop()]);
  await rm(folder, { recursive: true });
}
