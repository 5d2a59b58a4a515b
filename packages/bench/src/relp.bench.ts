import { fileURLToPath } from "node:url";
import { type Arrivals, measureArrivals } from "./measure-arrivals.ts";
import { median } from "./median.ts";
import { type ReceiverCalls, type ReceiverQueue, type RunningReceiver } from "./receiver-calls.ts";
import { publish, type ReportRow } from "./report.ts";
import { type Destination } from "./route.ts";
import { type SendingCalls } from "./sending-calls.ts";
import { type CalledProcess, startProcess } from "./start-process.ts";
import { usualEvents } from "./usual-events.ts";

const ROUNDS = 5;
const PASSES = 350;
const EVENTS = PASSES * usualEvents().length;
const WINDOWS = [1, 128, 2000];

const loader = fileURLToPath(new URL("../../../tools/typescript-loader.mjs", import.meta.url));
const host = startProcess<ReceiverCalls>("../src/receiver-host.ts", { flags: ["--import", loader] });

/** A way into rsyslog, and what its rounds showed. */
interface Way {
  readonly name: string;
  readonly sending: CalledProcess<SendingCalls>;
  readonly rounds: Arrivals[];
}

async function openWay(name: string, destination: Destination): Promise<Way> {
  const sending = startProcess<SendingCalls>("sending.js");
  await sending.call("open", "exporter, CEF", destination);
  return { name, sending, rounds: [] };
}

async function openWays({ ports }: RunningReceiver): Promise<readonly Way[]> {
  const tcp = { route: "tcp-octets", host: "127.0.0.1", port: ports.tcp } as const;
  const ways = [await openWay("TCP, octet counting", tcp)];
  for (const relpWindow of WINDOWS) {
    ways.push(await openWay(`RELP, window ${relpWindow}`, { ...tcp, port: ports.relp ?? 0, relpWindow }));
  }
  return ways;
}

// All ways take turns, so that what else the machine does is in each of them.
async function compare(queue: ReceiverQueue): Promise<readonly ReportRow[]> {
  const ways = await openWays(await host.call("start", "rsyslog", queue));
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      for (const { sending, rounds } of ways) {
        const arrivals = await measureArrivals(host, EVENTS, () => sending.call("send", PASSES));
        if (round > 0) rounds.push(arrivals);
      }
    }
  } finally {
    for (const { sending } of ways) await sending.stop();
    await host.call("stop");
  }
  return ways.map(({ name, rounds }) => rowOf(`${queue} queue, ${name}`, rounds, ways[0]?.rounds ?? []));
}

function rowOf(name: string, rounds: readonly Arrivals[], tcp: readonly Arrivals[]): ReportRow {
  return [
    name,
    median(rounds.map(({ perSecond }) => perSecond)),
    median(rounds.map(({ perSecond }, round) => perSecond / (tcp[round]?.perSecond ?? NaN))),
    `${(100 * median(rounds.map(({ arrived }) => arrived))).toFixed(1)} %`,
  ];
}

try {
  publish({
    title: "RELP beside TCP into rsyslog",
    about: `${EVENTS.toLocaleString("en")} events, from the first one to the last byte in the file of rsyslog, medians of ${ROUNDS} rounds.`,
    columns: ["queue and way", "events/s", "× TCP", "arrived"],
    rows: [...(await compare("memory")), ...(await compare("direct"))],
  });
} finally {
  await host.stop();
}
