import { createSiemExporter } from "@clawmetry/siem-exporter";
import { describeTarget } from "../config/describe-target.ts";
import { type ParsedOptions, readSiemConfig } from "../config/read-siem-config.ts";
import { requireTlsFiles } from "../config/require-tls-files.ts";
import { describeFailure } from "../delivery/describe-failure.ts";
import { describeReport, describeTargets, isComplete } from "../delivery/describe-report.ts";
import { showStatus } from "../delivery/show-status.ts";
import { type Delivery, startDelivery } from "../delivery/start-delivery.ts";
import { readEvents } from "../input/read-events.ts";
import { say } from "../say.ts";
import { type Terminal } from "../terminal.ts";
import { watchSignals } from "../watch-signals.ts";

/** What `forward` takes besides the flags of the configuration. */
export interface ForwardOptions extends ParsedOptions {
  /** Whether the first line that is no event ends the reading. */
  readonly strict?: boolean;
  /** How long to wait at the end, and how long while nothing moves; in milliseconds. */
  readonly timeout: number;
  readonly giveUp: number;
}

/**
 * Sends the events of files, or of standard input (`-`), to the collector at its pace. Gives the exit code: 0 when all were
 * handed over, 1 when one was not, 130 or 143 after a signal. Rejects with `UsageError`.
 */
export async function forward(files: readonly string[], options: ForwardOptions, terminal: Terminal): Promise<number> {
  const named = await readSiemConfig(options, terminal);
  requireTlsFiles(named);
  const { config } = named;
  const exporter = createSiemExporter(config);
  const signals = watchSignals(terminal);
  const { timeout: timeoutMs, giveUp: giveUpMs, strict = false } = options;
  const delivery = startDelivery(exporter, { timeoutMs, giveUpMs, signal: signals.signal });
  const status = showStatus(terminal, () => {
    const { sent, queuedEvents, state, targets } = exporter.stats;
    const [active, ...others] = targets.filter((target) => target.active);
    const where = active === undefined || others.length > 0 ? describeTarget(config) : active.target;
    return `${where} ${state}: sent ${sent}, waiting ${queuedEvents}`;
  });
  const skipped = await sendAll(files, { strict, delivery, terminal, report: status.say });
  const report = await delivery.finish();
  status.stop();
  signals.stop();

  const failure = describeFailure(report, named, giveUpMs);
  if (failure !== undefined) say(terminal, failure);
  for (const line of describeTargets(report, named)) say(terminal, line);
  say(terminal, `${describeReport(report)} skipped=${skipped}`);
  return signals.exitCode ?? (isComplete(report) && skipped === 0 ? 0 : 1);
}

interface Sending {
  readonly strict: boolean;
  readonly delivery: Delivery;
  readonly terminal: Terminal;
  readonly report: (problem: string) => void;
}

// Gives how many lines and files were skipped.
async function sendAll(files: readonly string[], { strict, delivery, terminal, report }: Sending): Promise<number> {
  let skipped = 0;
  for await (const item of readEvents({ files, stdin: terminal.stdin, signal: delivery.stopped })) {
    if (item.kind === "event") {
      await delivery.send(item.event);
      continue;
    }
    report(`${item.place}: ${item.reason}`);
    skipped += 1;
    if (strict) break;
  }
  return skipped;
}
