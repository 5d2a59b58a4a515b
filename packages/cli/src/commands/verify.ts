import { encodeJson } from "@clawmetry/siem-json";
import { createPrinter } from "../create-printer.ts";
import { readLines } from "../input/read-lines.ts";
import { say } from "../say.ts";
import { type Terminal } from "../terminal.ts";
import { createRecordReader, type RecordReader } from "../verify/create-record-reader.ts";
import { createVerification, type Verification } from "../verify/create-verification.ts";
import { readNodeHashes } from "../verify/read-node-hashes.ts";
import { showReport } from "../verify/show-report.ts";
import { type VerifyReport } from "../verify/verify-report.ts";
import { watchSignals } from "../watch-signals.ts";

const UNREADABLE = 2;

/** What `verify` takes. */
export interface VerifyOptions {
  /** Whether the whole report is printed as JSON. */
  readonly json?: boolean;
  /** The only node that is asked for. */
  readonly nodeId?: string;
  /** `NODE=HASH` each. */
  readonly anchor?: readonly string[];
  readonly head?: readonly string[];
}

/**
 * Proves from the lines that a SIEM holds that no event was altered or lost, and prints what was found. Gives the exit code: 0
 * when the identity of every chained event is proven, 1 when not, 2 when an input cannot be read, 130 or 143 after a signal.
 * Rejects with `UsageError`.
 */
export async function verify(files: readonly string[], options: VerifyOptions, terminal: Terminal): Promise<number> {
  const anchors = readNodeHashes("--anchor", options.anchor);
  const heads = readNodeHashes("--head", options.head);
  const verification = createVerification({ nodeId: options.nodeId, anchors, heads });
  const signals = watchSignals(terminal);
  const printer = createPrinter(terminal);
  const signal = AbortSignal.any([signals.signal, printer.closed]);
  let isWhole = true;
  for (const file of files) isWhole = (await readFile(file, { verification, terminal, signal })) && isWhole;
  signals.stop();
  if (signals.exitCode !== undefined) {
    say(terminal, "stopped before the end: nothing is proven");
    return signals.exitCode;
  }
  const report = verification.report();
  for (const line of options.json === true ? [encodeJson(report)] : showReport(report)) await printer.print(line);
  if (printer.failure !== undefined) say(terminal, `standard output cannot be written (${printer.failure})`);
  return isWhole ? exitCodeOf(report, printer.failure) : UNREADABLE;
}

interface ReadParts {
  readonly verification: Verification;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

async function readFile(file: string, { verification, terminal, signal }: ReadParts): Promise<boolean> {
  const reader: RecordReader = createRecordReader();
  let last = 0;
  for await (const line of readLines({ files: [file], stdin: terminal.stdin, signal })) {
    if (line.kind === "unreadable") {
      say(terminal, `${file}: ${line.reason}`);
      verification.leaveOutFile(file, line.reason);
      return false;
    }
    last = line.number;
    if (line.kind === "too_long") verification.leaveOut(line, line.reason);
    else verification.add(line, reader.read(line.text));
  }
  for (const record of reader.end()) {
    if (record.kind !== "event") verification.leaveOut({ file, number: last }, record.reason);
  }
  return true;
}

function exitCodeOf({ proven }: VerifyReport, failure: string | undefined): number {
  return proven && failure === undefined ? 0 : 1;
}
