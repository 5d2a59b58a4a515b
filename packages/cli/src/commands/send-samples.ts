import { randomUUID } from "node:crypto";
import { createSiemExporter } from "@clawmetry/siem-exporter";
import { checkTlsFiles } from "../config/check-tls-files.ts";
import { describeTarget } from "../config/describe-target.ts";
import { type ParsedOptions, readSiemConfig } from "../config/read-siem-config.ts";
import { createPrinter } from "../create-printer.ts";
import { describeLastError, describeReport, isComplete } from "../delivery/describe-report.ts";
import { startDelivery } from "../delivery/start-delivery.ts";
import { ownSignatures, SAMPLE_AGENT, sampleEvents } from "../samples/sample-events.ts";
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
 * Sends one made-up event per signature to the collector and prints each that was taken. Gives the exit code: 0 only when all
 * were handed over, else 1, or 130 or 143 after a signal. Rejects with `UsageError`.
 */
export async function sendSamples(options: SendSamplesOptions, terminal: Terminal): Promise<number> {
  const config = await readSiemConfig(options, terminal);
  await checkTlsFiles(config);
  const target = describeTarget(config);
  const sessionId = randomUUID();
  const samples = sampleEvents(Date.now(), sessionId);
  const confirmation = options.yes === true ? "yes" : await confirmSending(target, samples.length, terminal);
  if (confirmation !== "yes") {
    say(terminal, "nothing was sent");
    return confirmation === "no" ? 1 : INTERRUPTED;
  }
  const signals = watchSignals(terminal);
  const printer = createPrinter(terminal);
  const { timeout } = options;
  const exporter = createSiemExporter(config);
  const delivery = startDelivery(exporter, { timeoutMs: timeout, giveUpMs: timeout, signal: signals.signal });
  for (const { signatureId, name, event } of samples) {
    if (await delivery.send(event)) await printer.print(`${signatureId}  ${name.padEnd(28)}  ${event.id ?? ""}`);
  }
  const report = await delivery.finish();
  signals.stop();

  const left = ownSignatures().map(({ id, name }) => `${id} ${name}`);
  say(terminal, `left out: ${left.join(", ")}: only a running exporter makes them`);
  const lastError = describeLastError(report.stats);
  if (lastError !== undefined) say(terminal, lastError);
  const complete = isComplete(report, config);
  say(
    terminal,
    `${complete ? "all" : "NOT all"} ${samples.length} were handed over for ${target}: ${describeReport(report)}`,
  );
  say(terminal, `that is no proof of arrival: look for agent ${SAMPLE_AGENT}, session ${sessionId} in the SIEM`);
  return signals.exitCode ?? (complete ? 0 : 1);
}
