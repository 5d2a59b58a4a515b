import { CollectorError } from "../collector/collector-error.ts";
import { createJudge, type Judge } from "../collector/create-judge.ts";
import { decodeRecord } from "../collector/decode-record.ts";
import { formatAddress } from "../collector/parse-address.ts";
import { type Addresses, type AddressOptions, readAddresses } from "../collector/read-addresses.ts";
import { type IdentityOptions, readIdentity } from "../collector/read-identity.ts";
import { type CollectorEvents } from "../collector/received-frame.ts";
import { type SelfSigned } from "../collector/create-self-signed.ts";
import { type RecordView, showRecord } from "../collector/show-record.ts";
import { type Collector, startCollector } from "../collector/start-collector.ts";
import { createPrinter, type Printer } from "../create-printer.ts";
import { say } from "../say.ts";
import { type Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { watchSignals } from "../watch-signals.ts";
import { createEnding, type Ending } from "./create-ending.ts";

const LAST_SENDER_GRACE_MS = 1000;
const TRUST_ADVICE = " (--write-cert FILE writes it, for --tls-ca-file of the sender)";

/** What `listen` takes. */
export interface ListenOptions extends AddressOptions, IdentityOptions {
  readonly json?: boolean;
  readonly raw?: boolean;
  /** Whether anything malformed makes the exit code 1. */
  readonly check?: boolean;
  /** Whether a record may be CEF or JSON without a syslog header. */
  readonly headerless?: boolean;
  /** Ends after so many records. */
  readonly count?: number;
  /** Ends when nothing came for so long, in milliseconds. */
  readonly idleTimeout?: number;
}

/**
 * Runs a collector that prints what it receives until it is told to end, for which a signal is the usual way. Gives the exit
 * code: 0, or 1 when `check` found something or fewer records came than `count`. Rejects with `UsageError`.
 */
export async function listen(options: ListenOptions, terminal: Terminal): Promise<number> {
  const view = readView(options);
  const addresses = readAddresses(options);
  const identity = await readTlsIdentity(options, addresses);
  const printer = createPrinter(terminal);
  const judge = createJudge();
  const signals = watchSignals(terminal);
  const ending = createEnding(AbortSignal.any([signals.signal, printer.closed]), options.idleTimeout);
  try {
    const collector = await start(addresses, identity, receiver({ options, view, judge, ending, printer, terminal }));
    for (const { transport, host, port } of collector.servers) {
      say(terminal, `listening on ${transport} ${formatAddress({ host, port })}`);
    }
    if (identity !== undefined) say(terminal, `certificate SHA-256 ${identity.fingerprint256}`);
    await ending.promise;
    // Who has sent the last record waits whether it is refused: a cut would be taken for that.
    await collector.close({ graceMs: signals.signal.aborted ? 0 : LAST_SENDER_GRACE_MS });
  } finally {
    ending.reach();
    signals.stop();
  }
  return sumUp(options, judge, terminal);
}

function readView({ json, raw }: ListenOptions): RecordView {
  if (json === true && raw === true) throw new UsageError(["--json and --raw exclude each other"]);
  return json === true ? "json" : raw === true ? "raw" : "facts";
}

async function readTlsIdentity(options: ListenOptions, { tls }: Addresses): Promise<SelfSigned | undefined> {
  if (tls !== undefined) return readIdentity(options, tls.host);
  const { cert, key, writeCert } = options;
  if (cert === undefined && key === undefined && writeCert === undefined) return undefined;
  throw new UsageError(["--cert, --key and --write-cert need --tls"]);
}

async function start(
  { udp, tcp, tls }: Addresses,
  identity: SelfSigned | undefined,
  events: CollectorEvents,
): Promise<Collector> {
  try {
    const secured = tls === undefined || identity === undefined ? undefined : { ...tls, ...identity };
    return await startCollector({ udp, tcp, tls: secured, ...events });
  } catch (error) {
    if (error instanceof CollectorError) throw new UsageError([error.message]);
    throw error;
  }
}

interface ReceiverParts {
  readonly options: ListenOptions;
  readonly view: RecordView;
  readonly judge: Judge;
  readonly ending: Ending;
  readonly printer: Printer;
  readonly terminal: Terminal;
}

function receiver({ options, view, judge, ending, printer, terminal }: ReceiverParts): CollectorEvents {
  const { count = Infinity, headerless = false } = options;
  return {
    onFrame: async (frame) => {
      if (ending.reached) return;
      ending.touch();
      const record = decodeRecord(frame.bytes, { headerless });
      for (const problem of judge.record(frame, record)) say(terminal, problem);
      if (judge.records >= count) ending.reach();
      await printer.print(showRecord(frame, record, view));
    },
    onFault: (fault) => {
      say(terminal, judge.fault(fault) + (fault.kind === "handshake" ? TRUST_ADVICE : ""));
    },
  };
}

function sumUp({ count, check = false }: ListenOptions, judge: Judge, terminal: Terminal): number {
  const problems: string[] = [];
  if (count !== undefined && judge.records < count) problems.push(`expected ${count} records, got ${judge.records}`);
  if (check && judge.records === 0) problems.push("nothing was received, so nothing was checked");
  say(terminal, judge.summary);
  for (const problem of problems) say(terminal, problem);
  return problems.length > 0 || (check && !judge.clean) ? 1 : 0;
}
