// The whole way from an event to a collector, on this machine alone: 41 sample events as CEF over UDP, as JSON over TCP and
// as CEF over TLS, sent by the real exporter to the collector of `clawmetry-siem listen`. Ends with 1 when one is missing.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createSelfSigned,
  decodeRecord,
  recordFacts,
  startCollector,
  terminalText,
} from "../packages/cli/dist/index.js";
import { createSiemExporter } from "../packages/exporter/dist/index.js";

const EVENTS = new URL("../packages/events/testdata/agent-events.ndjson", import.meta.url);
const LOOPBACK = { host: "127.0.0.1", port: 0 };
const TIME_LIMIT_MS = 5000;
// A datagram that finds the receiver's buffer full is gone: after so many we wait until they were handed over.
const GROUP_SIZE = 8;
const COLUMNS = [
  ["TIME", 24, ({ time }) => time],
  ["SEV", 3, ({ severity }) => severity],
  ["ID", 4, ({ signatureId }) => signatureId],
  ["NAME", 23, ({ name }) => name],
  ["ACT", 18, ({ act }) => act],
  ["OUTCOME", 7, ({ outcome }) => outcome],
  ["MESSAGE", 44, ({ message }) => message],
];

/** Starts a collector that keeps what it decodes, by transport. */
async function startDemoCollector(identity) {
  const arrived = { udp: [], tcp: [], tls: [] };
  let changed = () => undefined;
  const collector = await startCollector({
    udp: LOOPBACK,
    tcp: LOOPBACK,
    tls: { ...LOOPBACK, ...identity },
    onFrame: async ({ transport, bytes }) => {
      arrived[transport].push(decodeRecord(bytes));
      changed();
    },
    onFault: ({ transport, reason }) => console.error(`${transport}: ${reason}`),
  });
  const ports = Object.fromEntries(collector.servers.map(({ transport, port }) => [transport, port]));
  const settled = (transport, count) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, TIME_LIMIT_MS);
      changed = () => {
        if (arrived[transport].length < count) return;
        clearTimeout(timer);
        resolve();
      };
      changed();
    });
  return { arrived, ports, settled, close: collector.close };
}

/** Sends every event through an exporter of its own, and gives its counters. */
async function send(events, config) {
  const exporter = createSiemExporter({ host: LOOPBACK.host, heartbeatSeconds: 0, ...config });
  for (const [index, event] of events.entries()) {
    await exporter.ready();
    exporter.send(event);
    if (index % GROUP_SIZE === GROUP_SIZE - 1) await exporter.flush({ timeoutMs: TIME_LIMIT_MS });
  }
  await exporter.close({ timeoutMs: TIME_LIMIT_MS });
  const { sent, dropped, errors, lastError } = exporter.stats;
  if (lastError !== undefined) console.error(lastError.message);
  return { sent, dropped: Object.values(dropped).reduce((sum, count) => sum + count, 0), errors };
}

function printTable(records) {
  const row = (cells) => cells.map((cell, index) => cell.padEnd(COLUMNS[index][1])).join("  ");
  console.log(row(COLUMNS.map(([title]) => title)).trimEnd());
  for (const record of records) {
    const facts = recordFacts(record);
    console.log(row(COLUMNS.map(([, width, read]) => terminalText(read(facts) ?? "-", width))).trimEnd());
  }
}

/** What is missing or wrong, in words. The sequence number on every line tells which event it is. */
function findProblems(label, records, count) {
  const numbers = new Set(records.map((record) => Number(recordFacts(record).seq)));
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((number) => !numbers.has(number));
  const malformed = records.flatMap(({ problems }) => problems);
  return [
    ...(missing.length === 0 ? [] : [`${label}: missing numbers ${missing.join(", ")}`]),
    ...(records.length > count ? [`${label}: ${records.length - count} records too many`] : []),
    ...malformed.map((problem) => `${label}: ${problem}`),
  ];
}

const folder = await mkdtemp(join(tmpdir(), "siem-demo-"));
const identity = await createSelfSigned(LOOPBACK.host);
const caFile = join(folder, "collector.pem");
await writeFile(caFile, identity.cert);
const collector = await startDemoCollector(identity);
const events = (await readFile(EVENTS, "utf8"))
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line));
const legs = [
  { transport: "udp", label: "CEF over UDP", config: { protocol: "udp", format: "cef" } },
  { transport: "tcp", label: "JSON over TCP", config: { protocol: "tcp", format: "json" } },
  { transport: "tls", label: "CEF over TLS", config: { protocol: "tcp-tls", format: "cef", tls: { caFile } } },
];
const total = { sent: 0, dropped: 0, errors: 0 };
const summary = [];
const problems = [];

for (const { transport, label, config } of legs) {
  const port = collector.ports[transport];
  const counters = await send(events, { ...config, port });
  await collector.settled(transport, events.length);
  const records = collector.arrived[transport];
  console.log(`\n${label}, port ${port}. The first line as it came:\n${terminalText(records[0]?.text ?? "-")}\n`);
  printTable(records);
  for (const name of Object.keys(total)) total[name] += counters[name];
  summary.push(`${label.padEnd(13)}  ${records.length} of ${events.length} arrived`);
  problems.push(...findProblems(label, records, events.length));
}

await collector.close();
await rm(folder, { recursive: true });
console.log(`\n${summary.join("\n")}`);
console.log(`sent=${total.sent} dropped=${total.dropped} errors=${total.errors}`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 && total.dropped === 0 && total.errors === 0 ? 0 : 1;
