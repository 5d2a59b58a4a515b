import { randomUUID } from "node:crypto";
import { createSiemExporter, type ExporterStats } from "@clawmetry/siem-exporter";
import { describeTarget } from "../config/describe-target.ts";
import { type NamedConfig, type ParsedOptions, readSiemConfig } from "../config/read-siem-config.ts";
import { requireTlsFiles } from "../config/require-tls-files.ts";
import { createPrinter } from "../create-printer.ts";
import { describeFailure } from "../delivery/describe-failure.ts";
import { describeReport, describeTargets, isComplete } from "../delivery/describe-report.ts";
import { type DeliveryReport, startDelivery } from "../delivery/start-delivery.ts";
import { ownSignatures, type SampleEvent, SAMPLE_AGENT, sampleEvents } from "../samples/sample-events.ts";
import { say } from "../say.ts";
import { type Terminal } from "../terminal.ts";
import { watchSignals } from "../watch-signals.ts";
import { confirmSending } from "./confirm-sending.ts";

// What a shell gives for SIGINT: while a person is asked, the key comes as a key.
const INTERRUPTED = 130;

/** What `test` takes besides the flags of the configuration. */
export interface SendSamplesOptions extends ParsedOptions {
  /** Whether to send without asking. */
  readonly yes?: boolean;
  /** How long to wait while nothing moves, in milliseconds. */
  readonly timeout: number;
}

/**
 * Sends one made-up event per signature to the collector and prints each that was handed over. Gives the exit code: 0 only
 * when all were, else 1, or 130 or 143 after a signal. Rejects with `UsageError`.
 */
export async function sendSamples(options: SendSamplesOptions, terminal: Terminal): Promise<number> {
  const named = await readSiemConfig(options, terminal);
  requireTlsFiles(named);
  const target = describeTarget(named.config);
  const sessionId = randomUUID();
  const samples = sampleEvents(Date.now(), sessionId);
  const confirmation = options.yes === true ? "yes" : await confirmSending(target, samples.length, terminal);
  if (confirmation !== "yes") {
    say(terminal, "nothing was sent");
    return confirmation === "no" ? 1 : INTERRUPTED;
  }
  const signals = watchSignals(terminal);
  const { timeout } = options;
  // Samples are no events to keep, and the spool is in use by whoever is tested.
  const noSpool = { spoolDir: undefined, spoolSync: undefined, spoolMaxBytes: undefined };
  const exporter = createSiemExporter({ ...named.config, ...noSpool });
  const delivery = startDelivery(exporter, { timeoutMs: timeout, giveUpMs: timeout, signal: signals.signal });
  const taken: SampleEvent[] = [];
  for (const sample of samples) {
    if (await delivery.send(sample.event)) taken.push(sample);
  }
  const report = await delivery.finish();
  signals.stop();

  await printSent(taken, report.stats, terminal);
  const complete = isComplete(report);
  sumUp({ report, named, complete, total: samples.length, sessionId, giveUpMs: timeout }, terminal);
  return signals.exitCode ?? (complete ? 0 : 1);
}

// They go in order, so those handed over are the first ones, unless one of them was dropped on the way. Where each target has a
// queue of its own, they are those that every target got.
async function printSent(taken: readonly SampleEvent[], stats: ExporterStats, terminal: Terminal): Promise<void> {
  const { dropped, targets } = stats;
  if (dropped.evicted + dropped.rejected > 0) return;
  const sent = targets.every(({ queue }) => queue !== undefined)
    ? Math.min(...targets.map((target) => target.sent))
    : stats.sent;
  const printer = createPrinter(terminal);
  for (const { signatureId, name, event } of taken.slice(0, sent)) {
    await printer.print(`${signatureId}  ${name.padEnd(28)}  ${event.id ?? ""}`);
  }
}

interface Outcome {
  readonly report: DeliveryReport;
  readonly named: NamedConfig;
  readonly complete: boolean;
  readonly total: number;
  readonly sessionId: string;
  readonly giveUpMs: number;
}

function sumUp({ report, named, complete, total, sessionId, giveUpMs }: Outcome, terminal: Terminal): void {
  const left = ownSignatures().map(({ id, name }) => `${id} ${name}`);
  say(terminal, `left out: ${left.join(", ")}: only a running exporter makes them`);
  const failure = describeFailure(report, named, giveUpMs);
  if (failure !== undefined) say(terminal, failure);
  for (const line of describeTargets(report, named)) say(terminal, line);
  const count = `${complete ? "all" : "NOT all"} ${total} were handed over`;
  say(terminal, `${count} for ${describeTarget(named.config)}: ${describeReport(report)}`);
  if (!complete) return;
  say(terminal, `that is no proof of arrival: look for agent ${SAMPLE_AGENT}, session ${sessionId} in the SIEM`);
}
