import { makeCertificate } from "./make-certificate.ts";
import { type Destination, type Route } from "./route.ts";
import { type SenderName } from "./senders/sender-name.ts";
import { type SendingCalls } from "./sending-calls.ts";
import { type SinkCalls } from "./sink-calls.ts";
import { type CalledProcess, startProcess } from "./start-process.ts";
import { untilQuiet } from "./until-quiet.ts";
import { usualEvents } from "./usual-events.ts";

const LIMITS = { quietMs: 250, timeoutMs: 6000 };

/** One sender on one route. */
export interface Contestant {
  readonly sender: SenderName;
  readonly route: Route;
  /** Times that a round goes through the usual events. */
  readonly passes: number;
}

/** What one round showed. */
export interface RoundFigures {
  /** Messages that arrived, by the time from the first `send` to the last byte that the sink counted. */
  readonly perSecond: number;
  readonly cpuUs: number;
  /** `cpuUs` as a multiple of that of JSON.stringify, in the same process right afterwards. */
  readonly ratio: number;
  readonly longestDelayMs: number;
  readonly peakMiB: number;
  /** Share of the events, 0–1. */
  readonly arrived: number;
}

/** What all rounds of one contestant showed. */
export interface Outcome {
  readonly contestant: Contestant;
  readonly rounds: readonly RoundFigures[];
}

interface Runner {
  readonly contestant: Contestant;
  readonly process: CalledProcess<SendingCalls>;
  readonly rounds: RoundFigures[];
}

/**
 * Lets the contestants send in turn, each in a process of its own, into a sink in another. One more round before the first
 * is for the engine to optimise in, and for the connections to be made.
 */
export async function playRounds(contestants: readonly Contestant[], rounds: number): Promise<readonly Outcome[]> {
  const certificate = await makeCertificate();
  const sink = startProcess<SinkCalls>("sink.js");
  const runners: Runner[] = [];
  try {
    for (const contestant of contestants) {
      const { route } = contestant;
      const port = await sink.call("open", route, certificate.certFile, certificate.keyFile);
      runners.push(await startRunner(contestant, { route, host: "127.0.0.1", port, caFile: certificate.certFile }));
    }
    for (let round = 0; round <= rounds; round++) {
      for (const runner of runners) {
        const figures = await playRound(runner, sink);
        if (round > 0) runner.rounds.push(figures);
      }
    }
  } finally {
    await Promise.all([sink.stop(), certificate.remove(), ...runners.map(({ process }) => process.stop())]);
  }
  return runners;
}

async function startRunner(contestant: Contestant, destination: Destination): Promise<Runner> {
  // The one way to name an authority that all of the libraries share.
  const env = { NODE_EXTRA_CA_CERTS: destination.caFile ?? "" };
  const child = startProcess<SendingCalls>("sending.js", { env });
  await child.call("open", contestant.sender, destination);
  return { contestant, process: child, rounds: [] };
}

async function playRound(
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
  const cpuUs = (reading.cpuMs * 1000) / events;
  return {
    perSecond: (messages / (lastMs - startMs)) * 1000,
    cpuUs,
    ratio: cpuUs / stringifyUs,
    longestDelayMs: reading.longestDelayMs,
    peakMiB: reading.peakMiB,
    arrived: messages / events,
  };
}
