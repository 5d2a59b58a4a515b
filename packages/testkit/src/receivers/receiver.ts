import { type Daemon, startDaemon } from "./daemon.ts";
import { freePorts } from "./free-ports.ts";
import { poll } from "./poll.ts";
import { type ReceivedRecord } from "./received-record.ts";
import { type CertificateFiles, type ReceiverCertificates } from "./receiver-certificates.ts";
import { createReceiverRun, type ReceiverRun } from "./receiver-run.ts";

const START_ATTEMPTS = 3;

export interface ReceiverOptions<Input extends string = string> {
  /** What the TLS inputs show, and the CA that the mutual ones trust. They let `client` in and nobody else. */
  readonly certificates: ReceiverCertificates;
  /** What the TLS inputs show instead of the server certificate of `certificates`. */
  readonly server?: CertificateFiles;
  /** Longest message it takes whole, in bytes. Default: 8192 for rsyslog, 65536 for syslog-ng. */
  readonly maxMessageBytes?: number;
  /** Ports of some inputs. Default: free ones. */
  readonly ports?: Readonly<Partial<Record<Input, number>>>;
  /** Existing folder for its records, such as a small disk. Default: its own. */
  readonly recordFolder?: string;
}

/** A syslog daemon on loopback, with a folder and ports of its own. */
export interface Receiver<Input extends string> {
  /** Port of each input. */
  readonly ports: Readonly<Record<Input, number>>;
  /** The file that it writes to, one JSON object a line. */
  readonly recordPath: string;
  /** Everything received so far, oldest first. After `stop`: everything there ever was. */
  readonly records: () => readonly ReceivedRecord[];
  /** Resolves with all records as soon as there are `count` or more. Rejects after `timeoutMs`, default 10 000. */
  readonly waitForRecords: (count: number, timeoutMs?: number) => Promise<readonly ReceivedRecord[]>;
  /** What the daemon says about itself: refused certificates, framing errors, oversize messages. */
  readonly internalLog: () => string;
  /** Ends it with SIGKILL: what it holds in memory is lost. */
  readonly kill: () => Promise<void>;
  /** Ends it with SIGTERM, as at a shutdown. Its folder stays. */
  readonly terminate: () => Promise<void>;
  /** After `kill` or `terminate`: starts it again, on the same ports and with the same file. `server`: as in the options. */
  readonly restart: (options?: { readonly server?: CertificateFiles }) => Promise<void>;
  /** Stops it in the middle of whatever it does, until `thaw`. */
  readonly freeze: () => void;
  readonly thaw: () => void;
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

type Start = (server: CertificateFiles) => Promise<Daemon>;

/** Starts a receiver. Another process may take a port between its choice and its use: then it tries again with others. */
export async function startReceiver<Input extends string>(
  kind: ReceiverKind<Input>,
  options: ReceiverOptions<Input>,
): Promise<Receiver<Input>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(kind, options);
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}

async function startOnce<Input extends string>(
  kind: ReceiverKind<Input>,
  options: ReceiverOptions<Input>,
): Promise<Receiver<Input>> {
  const run = await createReceiverRun(kind.name, options.recordFolder);
  try {
    const ports = { ...(await freePorts(kind.inputs)), ...options.ports };
    const start: Start = (server) => startProcess(kind, options, run, ports, server);
    const server = options.server ?? options.certificates.server;
    return receiverOf(kind.name, ports, run, await start(server), (next = server) => start(next));
  } catch (error) {
    await run.remove();
    throw error;
  }
}

function startProcess<Input extends string>(
  kind: ReceiverKind<Input>,
  { certificates, maxMessageBytes = kind.maxMessageBytes }: ReceiverOptions<Input>,
  run: ReceiverRun,
  ports: Readonly<Record<Input, number>>,
  server: CertificateFiles,
): Promise<Daemon> {
  const launch = kind.launch(run.folder);
  return startDaemon({
    ...launch,
    cwd: run.folder,
    env: {
      ...launch.env,
      ...portVariables(ports),
      RUN_FOLDER: run.folder,
      RECORD_FILE: run.records.path,
      INTERNAL_LOG_FILE: run.internalLog.path,
      CA_FILE: certificates.caFile,
      CERT_FILE: server.certFile,
      KEY_FILE: server.keyFile,
      MAX_MESSAGE_BYTES: String(maxMessageBytes),
    },
    sockets: Object.keys(ports).map((input) => ({
      protocol: kind.inputs[input as Input],
      port: ports[input as Input],
    })),
  });
}

function receiverOf<Input extends string>(
  name: string,
  ports: Readonly<Record<Input, number>>,
  run: ReceiverRun,
  first: Daemon,
  start: (server?: CertificateFiles) => Promise<Daemon>,
): Receiver<Input> {
  let daemon = first;
  let earlierWords = "";
  const records = run.records.read;
  const internalLog = () => run.internalLog.text() + earlierWords + daemon.stderr();
  return {
    ports,
    recordPath: run.records.path,
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
    kill: () => daemon.kill(),
    terminate: () => daemon.stop(),
    restart: async ({ server } = {}) => {
      await daemon.stop();
      run.records.cutTornLine();
      earlierWords += daemon.stderr();
      daemon = await start(server);
    },
    freeze: () => {
      daemon.freeze();
    },
    thaw: () => {
      daemon.thaw();
    },
    stop: async () => {
      await daemon.stop();
      await run.remove();
    },
  };
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
