import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Daemon, startDaemon } from "./daemon.ts";
import { freePorts } from "./free-ports.ts";
import { type OutputFile, outputFile } from "./output-file.ts";
import { poll } from "./poll.ts";
import { type ReceivedRecord } from "./received-record.ts";
import { type ReceiverCertificates } from "./receiver-certificates.ts";
import { type RecordFile, recordFile } from "./record-file.ts";

const START_ATTEMPTS = 3;

export interface ReceiverOptions {
  /** What the TLS inputs show, and the CA that the mutual ones trust. They let `client` in and nobody else. */
  readonly certificates: ReceiverCertificates;
  /** Longest message it takes whole, in bytes. Default: 8192 for rsyslog, 65536 for syslog-ng. */
  readonly maxMessageBytes?: number;
}

/** A syslog daemon on loopback, with a folder and ports of its own. */
export interface Receiver<Input extends string> {
  /** Port of each input. */
  readonly ports: Readonly<Record<Input, number>>;
  /** Everything received so far, oldest first. After `stop`: everything there ever was. */
  readonly records: () => readonly ReceivedRecord[];
  /** Resolves with all records as soon as there are `count` or more. Rejects after `timeoutMs`, default 10 000. */
  readonly waitForRecords: (count: number, timeoutMs?: number) => Promise<readonly ReceivedRecord[]>;
  /** What the daemon says about itself: refused certificates, framing errors, oversize messages. */
  readonly internalLog: () => string;
  /** Lets the daemon write what it holds, waits for its end and removes its folder. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

/** How one kind of receiver is started. */
export interface ReceiverKind<Input extends string> {
  readonly name: string;
  readonly inputs: Readonly<Record<Input, "udp" | "tcp">>;
  /** Program, arguments and what it needs in the environment besides the names that the configuration asks for. */
  readonly launch: (folder: string) => {
    readonly command: string;
    readonly args: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  };
  readonly maxMessageBytes: number;
}

/** Starts a receiver. Another process may take a port between its choice and its use: then it tries again with others. */
export async function startReceiver<Input extends string>(
  kind: ReceiverKind<Input>,
  options: ReceiverOptions,
): Promise<Receiver<Input>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(kind, options);
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}

interface Run {
  readonly folder: string;
  readonly records: RecordFile;
  readonly internalLog: OutputFile;
}

async function startOnce<Input extends string>(
  kind: ReceiverKind<Input>,
  { certificates, maxMessageBytes = kind.maxMessageBytes }: ReceiverOptions,
): Promise<Receiver<Input>> {
  const run = await createRun(kind.name);
  try {
    const ports = await freePorts(kind.inputs);
    const launch = kind.launch(run.folder);
    const daemon = await startDaemon({
      ...launch,
      cwd: run.folder,
      env: {
        ...launch.env,
        ...portVariables(ports),
        RUN_FOLDER: run.folder,
        RECORD_FILE: run.records.path,
        INTERNAL_LOG_FILE: run.internalLog.path,
        CA_FILE: certificates.caFile,
        CERT_FILE: certificates.server.certFile,
        KEY_FILE: certificates.server.keyFile,
        MAX_MESSAGE_BYTES: String(maxMessageBytes),
      },
      sockets: Object.keys(ports).map((input) => ({
        protocol: kind.inputs[input as Input],
        port: ports[input as Input],
      })),
    });
    return receiverOf(kind.name, ports, daemon, run);
  } catch (error) {
    await removeRun(run);
    throw error;
  }
}

function receiverOf<Input extends string>(
  name: string,
  ports: Readonly<Record<Input, number>>,
  daemon: Daemon,
  run: Run,
): Receiver<Input> {
  const records = run.records.read;
  const internalLog = () => run.internalLog.text() + daemon.stderr();
  return {
    ports,
    records,
    internalLog,
    waitForRecords: (count, timeoutMs = 10_000) =>
      poll(
        () => {
          const found = records();
          return found.length < count ? undefined : found;
        },
        timeoutMs,
        () => `${name} has ${records().length} of ${count} records, and says ${internalLog()}`,
      ),
    stop: async () => {
      await daemon.stop();
      await removeRun(run);
    },
  };
}

async function createRun(name: string): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), `siem-${name}-`));
  return {
    folder,
    records: recordFile(join(folder, "records.ndjson")),
    internalLog: outputFile(join(folder, "internal.log")),
  };
}

async function removeRun({ folder, records, internalLog }: Run): Promise<void> {
  records.read();
  internalLog.keep();
  await rm(folder, { recursive: true, force: true });
}

// `mutualTls` is PORT_MUTUAL_TLS in the configuration.
function portVariables(ports: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ports).map(([input, port]) => [
      `PORT_${input.replace(/[A-Z]/g, "_$&").toUpperCase()}`,
      String(port),
    ]),
  );
}
