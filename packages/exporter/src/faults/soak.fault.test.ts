import { setTimeout as wait } from "node:timers/promises";
import {
  makeReceiverCertificates,
  networkFaults,
  type Receiver,
  type RsyslogInput,
  seededRandom,
  startRsyslog,
} from "@clawmetry/siem-testkit/receivers";
import { tcpTransport } from "@clawmetry/siem-transports/tcp";
import { expect, onTestFinished, test } from "vitest";
import { startFaultRun } from "../../test/fault-run.ts";
import { recordWrites, type RecordedTransport } from "../../test/record-writes.ts";

const PER_SECOND = 300;
const SEED = Number(process.env["SOAK_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const SECONDS = Number(process.env["SOAK_SECONDS"] ?? 120);
const INTERVAL_MS = 1000;
// A receiver reads what is in its socket far sooner, and what it has read is written at once.
const UNREAD_MS = 1000;

/** Brings a fault over the receiver and lifts it again. `strength`: from 0 to 1. */
type Fault = (strength: number) => Promise<void>;

function faultsOf(rsyslog: Receiver<RsyslogInput>, onEnd: () => void): Readonly<Record<string, Fault>> {
  const network = networkFaults();
  const { tcp } = rsyslog.ports;
  const whileIn = async (start: (port: number) => Promise<() => Promise<void>>, forMs: number) => {
    const heal = await start(tcp);
    await wait(forMs);
    await heal();
  };
  return {
    killed: async () => {
      onEnd();
      await rsyslog.kill();
      await rsyslog.restart();
    },
    "shut down": async () => {
      onEnd();
      await rsyslog.restart();
    },
    gone: async (strength) => {
      onEnd();
      await rsyslog.terminate();
      await wait(3000 * strength);
      await rsyslog.restart();
    },
    frozen: async (strength) => {
      rsyslog.freeze();
      await wait(2000 * strength);
      rsyslog.thaw();
    },
    reset: (strength) => whileIn(network.reset, 1000 * strength),
    "cut off": (strength) => whileIn(network.blackHole, 2000 * strength),
  };
}

test(`SOAK_SEED=${SEED}: after ${SECONDS} seconds full of faults, what is missing was told or written just before an end`, async () => {
  console.log(`soak: SOAK_SEED=${SEED} SOAK_SECONDS=${SECONDS}`);
  const certificates = await makeReceiverCertificates();
  onTestFinished(certificates.remove);
  const rsyslog = await startRsyslog({ certificates, queue: "direct" });
  onTestFinished(() => rsyslog.stop());
  const endsMs: number[] = [];
  const faults = faultsOf(rsyslog, () => endsMs.push(performance.now()));
  let recorded: RecordedTransport | undefined;
  const run = startFaultRun({
    fault: `soak, ${SECONDS} s`,
    receiver: { name: "rsyslog, direct queue", recordPath: rsyslog.recordPath },
    targets: [{ transport: "tcp, newline", config: { host: "127.0.0.1", port: rsyslog.ports.tcp, protocol: "tcp" } }],
    perSecond: PER_SECOND,
    limits: {
      open: ({ host, port, framing }) => {
        recorded = recordWrites(tcpTransport({ host, port, framing }));
        return recorded.transport;
      },
    },
  });
  await run.reach();
  await Promise.all([run.load(SECONDS * 1000), haveFaults(Object.entries(faults), SECONDS * 1000)]);
  const [outcome] = await run.finish();
  const { missing = [], told } = outcome ?? {};
  const written = missing.filter((number) => recorded?.writtenMs(number) !== undefined);
  expect(missing.length - written.length).toBe(told);
  const unexplained = written.filter((number) => {
    const writtenMs = recorded?.writtenMs(number) ?? NaN;
    return !endsMs.some((endMs) => Math.abs(writtenMs - endMs) <= UNREAD_MS);
  });
  expect(unexplained).toEqual([]);
});

async function haveFaults(faults: readonly (readonly [string, Fault])[], forMs: number): Promise<void> {
  const random = seededRandom(SEED);
  const endMs = performance.now() + forMs;
  for (;;) {
    const [, fault] = faults[Math.floor(random() * faults.length)] ?? [];
    const pauseMs = INTERVAL_MS * random();
    if (performance.now() + INTERVAL_MS > endMs) return;
    await wait(pauseMs);
    await fault?.(random());
  }
}
