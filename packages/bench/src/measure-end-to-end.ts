import { makeCertificate } from "./make-certificate.ts";
import { median } from "./median.ts";
import { type Report, type ReportRow } from "./report.ts";
import { type Destination, type Route } from "./route.ts";
import { type SendingCalls } from "./sending.ts";
import { type SenderName } from "./senders/open-sender.ts";
import { type SinkCalls } from "./sink.ts";
import { type CalledProcess, startProcess } from "./start-process.ts";
import { untilQuiet } from "./until-quiet.ts";
import { usualEvents } from "./usual-events.ts";

const ROUNDS = 5;
const LIMITS = { quietMs: 250, timeoutMs: 6000 };

/** One sender on one route. */
export interface Contestant {
  readonly sender: SenderName;
  readonly route: Route;
  /** Times that a round goes through the usual events. */
  readonly passes: number;
}

interface RoundFigures {
  readonly perSecond: number;
  readonly cpuUs: number;
  readonly longestDelayMs: number;
  readonly peakMiB: number;
  readonly arrived: number;
  readonly ratio: number;
}

interface Runner {
  readonly contestant: Contestant;
  readonly process: CalledProcess<SendingCalls>;
  readonly rounds: RoundFigures[];
}

const COLUMNS = ["sender", "events/s", "CPU µs/event", "× JSON.stringify", "arrived", "peak MiB", "longest delay ms"];

/** Lets the contestants send in turn, each in a process of its own, into a sink in another. */
export async function measureEndToEnd(title: string, contestants: readonly Contestant[]): Promise<Report> {
  const certificate = await makeCertificate();
  const sink = startProcess<SinkCalls>("sink");
  const runners: Runner[] = [];
  try {
    for (const contestant of contestants) {
      const port = await sink.call("open", contestant.route, certificate.certFile, certificate.keyFile);
      const { route } = contestant;
      runners.push(await startRunner(contestant, { route, host: "127.0.0.1", port, caFile: certificate.certFile }));
    }
    // The first round is for the engine to optimise in, and for the connections to be made.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const runner of runners) {
        const figures = await runRound(runner, sink);
        if (round > 0) runner.rounds.push(figures);
      }
    }
  } finally {
    await Promise.all([sink.stop(), certificate.remove(), ...runners.map(({ process }) => process.stop())]);
  }
  const about = `Medians of ${ROUNDS} rounds, from the first \`send\` to the last byte that the sink counted.`;
  return { title, about, columns: COLUMNS, rows: runners.map(rowOf) };
}

async function startRunner(contestant: Contestant, destination: Destination): Promise<Runner> {
  // The one way to name an authority that all of the libraries share.
  const env = { NODE_EXTRA_CA_CERTS: destination.caFile ?? "" };
  const child = startProcess<SendingCalls>("sending", { env });
  await child.call("open", contestant.sender, destination);
  return { contestant, process: child, rounds: [] };
}

async function runRound(
  { contestant: { passes }, process }: Runner,
  sink: CalledProcess<SinkCalls>,
): Promise<RoundFigures> {
  await sink.call("reset");
  const startMs = await process.call("send", passes);
  await untilQuiet(async () => (await sink.call("count")).bytes, LIMITS);
  const { messages, lastMs } = await sink.call("count");
  const reading = await process.call("read");
  const stringifyUs = await process.call("stringify");
  const events = passes * usualEvents().length;
  const cpuUs = ((reading?.cpuMs ?? NaN) * 1000) / events;
  return {
    perSecond: (messages / (lastMs - startMs)) * 1000,
    cpuUs,
    longestDelayMs: reading?.longestDelayMs ?? NaN,
    peakMiB: reading?.peakMiB ?? NaN,
    arrived: messages / events,
    ratio: cpuUs / stringifyUs,
  };
}

function rowOf({ contestant: { sender, route }, rounds }: Runner): ReportRow {
  const middle = (read: (figures: RoundFigures) => number): number => median(rounds.map(read));
  return [
    route === "tcp-octets" ? `${sender}, octet counting` : sender,
    middle(({ perSecond }) => perSecond),
    middle(({ cpuUs }) => cpuUs),
    middle(({ ratio }) => ratio),
    `${(100 * middle(({ arrived }) => arrived)).toFixed(1)} %`,
    Math.max(...rounds.map(({ peakMiB }) => peakMiB)),
    Math.max(...rounds.map(({ longestDelayMs }) => longestDelayMs)),
  ];
}
