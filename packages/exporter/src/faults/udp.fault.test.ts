import { Socket } from "node:dgram";
import {
  makeReceiverCertificates,
  networkFaults,
  type Receiver,
  type ReceiverCertificates,
  type RsyslogInput,
  startRsyslog,
} from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { duplicatesOf, lossesOf } from "../../test/fault-outcome.ts";
import { type FaultRun, startFaultRun } from "../../test/fault-run.ts";
import { rsyslogTargets } from "../../test/fault-targets.ts";

const NONE = { udp: 0 };
const PER_SECOND = 200;

const network = networkFaults();

let certificates: ReceiverCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
});
afterAll(() => certificates.remove());

let rsyslog: Receiver<RsyslogInput>;
beforeEach(async () => {
  rsyslog = await startRsyslog({ certificates });
  onTestFinished(() => rsyslog.stop());
});

function startDatagrams(fault: string): FaultRun {
  const { udp } = rsyslogTargets(rsyslog, certificates);
  const receiver = { name: "rsyslog", recordPath: rsyslog.recordPath };
  return startFaultRun({ fault, receiver, targets: [udp], perSecond: PER_SECOND });
}

test("only what was on its way is lost when nobody listens for a while", async () => {
  const run = startDatagrams("kill -9, restart after 1 s");
  await run.reach();
  await run.load(500);
  await rsyslog.kill();
  await run.load(1000);
  await Promise.all([run.load(1000), rsyslog.restart()]);
  const outcomes = await run.finish();
  // The host answers each datagram that nobody took, and for as long as it does the exporter waits longer each time.
  expect(outcomes.map(({ lost }) => lost < PER_SECOND)).toEqual([true]);
  expect(duplicatesOf(outcomes)).toEqual(NONE);
});

test("what goes into a black hole is lost, and nobody here can know", async () => {
  const run = startDatagrams("black hole, 1 s");
  await run.reach();
  await run.load(500);
  const heal = await network.blackHole(rsyslog.ports.udp, "udp");
  onTestFinished(heal);
  await run.load(1000);
  await heal();
  await run.load(500);
  const [outcome] = await run.finish();
  expect(outcome?.lost).toBeGreaterThan(0);
  expect(outcome?.lost).toBeLessThanOrEqual(PER_SECOND + PER_SECOND / 5);
  expect(outcome?.stats).toMatchObject({ sent: outcome?.stats.accepted, errors: 0 });
});

test("nothing is lost while the firewall of the own host forbids sending", async () => {
  const run = startDatagrams("EPERM (own firewall), 1 s");
  await run.reach();
  await run.load(500);
  const heal = await network.forbid(rsyslog.ports.udp);
  onTestFinished(heal);
  await run.load(1000);
  await heal();
  await run.load(500);
  const outcomes = await run.finish();
  expect(lossesOf(outcomes)).toEqual(NONE);
  expect(duplicatesOf(outcomes)).toEqual(NONE);
});

test("nothing is lost while the kernel has no buffers", async () => {
  const run = startDatagrams("ENOBUFS, 1 s");
  await run.reach();
  await run.load(500);
  const failing = failSends("ENOBUFS");
  await run.load(1000);
  expect(failing.count()).toBeGreaterThan(0);
  failing.end();
  await run.load(500);
  const outcomes = await run.finish();
  expect(lossesOf(outcomes)).toEqual(NONE);
  expect(duplicatesOf(outcomes)).toEqual(NONE);
});

test("a datagram that the kernel finds too large is given up and told, and those behind it arrive", async () => {
  const run = startDatagrams("EMSGSIZE, 0.1 s");
  await run.reach();
  await run.load(500);
  const failing = failSends("EMSGSIZE");
  await run.load(100);
  failing.end();
  await run.load(500);
  const outcomes = await run.finish();
  expect(lossesOf(outcomes)).toEqual(NONE);
  expect(outcomes.map(({ told, stats }) => told > 0 && told === stats.dropped.rejected)).toEqual([true]);
});

interface FailingSends {
  readonly count: () => number;
  readonly end: () => void;
}

// No kernel does this on demand: its answer is put in the place of node:dgram's.
function failSends(code: string): FailingSends {
  const spy = vi.spyOn(Socket.prototype, "send").mockImplementation((...args: readonly unknown[]) => {
    const callback = args.at(-1);
    const error = Object.assign(new Error(`send ${code}`), { code });
    if (typeof callback === "function") process.nextTick(callback, error);
  });
  const end = () => {
    spy.mockRestore();
  };
  onTestFinished(end);
  return { count: () => spy.mock.calls.length, end };
}
