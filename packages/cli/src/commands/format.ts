import { formatSyslogLine, type ResolvedSiemConfig } from "@clawmetry/siem-exporter";
import { utf8Length } from "@clawmetry/siem-text";
import { type ParsedOptions, readSiemConfig } from "../config/read-siem-config.ts";
import { createPrinter } from "../create-printer.ts";
import { type InputItem, readEvents } from "../input/read-events.ts";
import { say } from "../say.ts";
import { type Terminal } from "../terminal.ts";
import { watchSignals } from "../watch-signals.ts";

/** What `format` takes besides the flags of the configuration. */
export interface FormatCommandOptions extends ParsedOptions {
  /** Whether the first line that is no event ends the reading. */
  readonly strict?: boolean;
}

// It needs no collector, and the line does not name one.
const NO_HOST = "localhost";
// The boot id belongs to a running exporter; any other of its length gives a line of the same length.
const BOOT = "00000000";

/**
 * Prints the line of every event of files, or of standard input (`-`), and sends nothing. Gives the exit code: 0, 1 when
 * something was skipped, 130 or 143 after a signal. Ends quietly when nobody reads any more. Rejects with `UsageError`.
 */
export async function format(
  files: readonly string[],
  options: FormatCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const { config } = await readSiemConfig(options, terminal, NO_HOST);
  const signals = watchSignals(terminal);
  const printer = createPrinter(terminal);
  const signal = AbortSignal.any([signals.signal, printer.closed]);
  let number = 0;
  let skipped = 0;
  for await (const item of readEvents({ files, stdin: terminal.stdin, signal })) {
    const line = item.kind === "event" ? formatEvent(item, config, ++number) : { problem: item.reason };
    if ("text" in line) {
      await printer.print(line.text);
      continue;
    }
    say(terminal, `${item.place}: ${line.problem}`);
    skipped += 1;
    if (options.strict === true) break;
  }
  signals.stop();
  if (printer.failure !== undefined) say(terminal, `standard output cannot be written (${printer.failure})`);
  return signals.exitCode ?? (skipped === 0 && printer.failure === undefined ? 0 : 1);
}

function formatEvent(
  { event }: InputItem & { readonly kind: "event" },
  config: ResolvedSiemConfig,
  number: number,
): { readonly text: string } | { readonly problem: string } {
  const text = formatSyslogLine(event, { ...config, nowMs: Date.now(), sequence: { boot: BOOT, number } });
  if (utf8Length(text) <= config.maxMessageBytes) return { text };
  return { problem: `the line cannot be shortened to ${config.maxMessageBytes} bytes: it would not be sent` };
}
