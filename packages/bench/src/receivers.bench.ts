import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exporterLines } from "./exporter-lines.ts";
import { machineTimeMs } from "./machine-time.ts";
import { type Arrivals, measureArrivals } from "./measure-arrivals.ts";
import { median } from "./median.ts";
import { type ReceiverCalls, type ReceiverName } from "./receiver-calls.ts";
import { publish, type ReportRow } from "./report.ts";
import { type Destination } from "./route.ts";
import { runLoggen } from "./run-loggen.ts";
import { type SendingCalls } from "./sending-calls.ts";
import { startProcess } from "./start-process.ts";
import { usualEvents } from "./usual-events.ts";

const ROUNDS = 5;
const PASSES = 700;
const EVENTS = PASSES * usualEvents().length;

const loader = fileURLToPath(new URL("../../../tools/typescript-loader.mjs", import.meta.url));
const host = startProcess<ReceiverCalls>("../src/receiver-host.ts", { flags: ["--import", loader] });

async function compare(name: ReceiverName, destination: Destination, file: string): Promise<ReportRow> {
  const env = { NODE_EXTRA_CA_CERTS: destination.caFile ?? "" };
  const sending = startProcess<SendingCalls>("sending.js", { env });
  const rounds: { readonly ours: Arrivals; readonly theirs: Arrivals }[] = [];
  try {
    await sending.call("open", "exporter, CEF", destination);
    for (let round = 0; round <= ROUNDS; round++) {
      const ours = await measureArrivals(host, EVENTS, () => sending.call("send", PASSES));
      const theirs = await measureArrivals(host, EVENTS, async () => {
        const startMs = machineTimeMs();
        await runLoggen(destination, file, EVENTS);
        return startMs;
      });
      if (round > 0) rounds.push({ ours, theirs });
    }
  } finally {
    await sending.stop();
  }
  const arrived = (rates: readonly Arrivals[]): string =>
    `${(100 * median(rates.map((rate) => rate.arrived))).toFixed(1)} %`;
  return [
    `${name}, ${destination.route.toUpperCase()}`,
    median(rounds.map(({ ours }) => ours.perSecond)),
    median(rounds.map(({ theirs }) => theirs.perSecond)),
    median(rounds.map(({ ours, theirs }) => ours.perSecond / theirs.perSecond)),
    arrived(rounds.map(({ ours }) => ours)),
    arrived(rounds.map(({ theirs }) => theirs)),
  ];
}

async function compareAll(file: string): Promise<readonly ReportRow[]> {
  const rows: ReportRow[] = [];
  for (const name of ["rsyslog", "syslog-ng"] as const) {
    const { ports, caFile } = await host.call("start", name);
    for (const route of ["tcp", "tls"] as const) {
      rows.push(await compare(name, { route, host: "127.0.0.1", port: ports[route], caFile }, file));
    }
    await host.call("stop");
  }
  return rows;
}

const folder = await mkdtemp(join(tmpdir(), "siem-bench-"));
try {
  const write = await exporterLines({ host: "127.0.0.1", protocol: "tcp", format: "cef" });
  const file = join(folder, "lines");
  await writeFile(
    file,
    usualEvents()
      .map((event) => `${write(event)}\n`)
      .join(""),
  );
  publish({
    title: "Into real receivers",
    about: `${EVENTS.toLocaleString("en")} events, from the first one to the last byte in the receiver's file, medians of ${ROUNDS} rounds. loggen sends the same lines, built beforehand.`,
    columns: ["receiver", "exporter, events/s", "loggen, events/s", "× loggen", "exporter arrived", "loggen arrived"],
    rows: await compareAll(file),
  });
} finally {
  await host.call("stop");
  await host.stop();
  await rm(folder, { recursive: true, force: true });
}
