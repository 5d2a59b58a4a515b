import {
  makeReceiverCertificates,
  networkFaults,
  type Receiver,
  type ReceiverCertificates,
  type RsyslogInput,
  startRsyslog,
} from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { type FaultLimits } from "../../test/fault-exporter.ts";
import { type FaultRun, startFaultRun } from "../../test/fault-run.ts";
import { duplicatesOf, lossesOf } from "../../test/fault-outcome.ts";
import { rsyslogTargets } from "../../test/fault-targets.ts";

const NONE = { "tcp, newline": 0, "tcp, octet-counting": 0, tls: 0 };
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

function startStreams(fault: string, limits?: FaultLimits): FaultRun {
  const { newline, octetCounting, tls } = rsyslogTargets(rsyslog, certificates);
  const receiver = { name: "rsyslog", recordPath: rsyslog.recordPath };
  const targets = [newline, octetCounting, tls];
  return startFaultRun({
    fault,
    receiver,
    targets,
    perSecond: PER_SECOND,
    limits,
  });
}

/** Does it to both stream ports of the receiver, and gives what ends it. It ends with the test at the latest. */
async function toStreams(start: (port: number) => Promise<() => Promise<void>>): Promise<() => Promise<void>> {
  const ends = [await start(rsyslog.ports.tcp), await start(rsyslog.ports.tls)];
  const end = async () => {
    for (const one of ends.splice(0)) await one();
  };
  onTestFinished(end);
  return end;
}

test("nothing is lost when connections are reset", async () => {
  const run = startStreams("RST for 1 s");
  await run.reach();
  await run.load(1000);
  const heal = await toStreams(network.reset);
  await run.load(1000);
  await heal();
  await run.load(500);
  expect(lossesOf(await run.finish())).toEqual(NONE);
});

test("a black hole that heals before it is noticed loses and repeats nothing", async () => {
  const run = startStreams("black hole after connect, 2 s");
  await run.reach();
  await run.load(500);
  const heal = await toStreams(network.blackHole);
  await run.load(2000);
  await heal();
  await run.load(500);
  const outcomes = await run.finish();
  expect(lossesOf(outcomes)).toEqual(NONE);
  expect(duplicatesOf(outcomes)).toEqual(NONE);
});

const IMPATIENT = { writeTimeoutMs: 5000, connectTimeoutMs: 1000 };

test("a host that dies without a word takes nothing along", async () => {
  const run = startStreams("host dies silently, back after 9 s (writeTimeoutMs 5 s)", IMPATIENT);
  await run.reach();
  await run.load(1000);
  const heal = await toStreams(network.blackHole);
  await rsyslog.kill();
  await run.load(9000);
  await rsyslog.restart();
  await heal();
  await run.load(500);
  expect(lossesOf(await run.finish())).toEqual(NONE);
});

test("a black hole that heals after it was given up loses nothing, and nothing comes late", async () => {
  const run = startStreams("black hole after connect, 12 s (writeTimeoutMs 5 s)", IMPATIENT);
  await run.reach();
  await run.load(1000);
  const heal = await toStreams(network.blackHole);
  await run.load(12_000);
  await heal();
  await run.load(500);
  expect(lossesOf(await run.finish())).toEqual(NONE);
});

test("events wait while no connection gets through", async () => {
  const heal = await toStreams(network.dropSyn);
  const run = startStreams("SYN dropped for 3 s", { connectTimeoutMs: 1000 });
  await run.load(3000);
  await heal();
  await run.load(500);
  const outcomes = await run.finish();
  expect(lossesOf(outcomes)).toEqual(NONE);
  expect(duplicatesOf(outcomes)).toEqual(NONE);
});

test("events wait while a host is cut off from the start", async () => {
  const heal = await toStreams(network.blackHole);
  const run = startStreams("black hole before connect, 3 s", { connectTimeoutMs: 1000 });
  await run.load(3000);
  await heal();
  await run.load(500);
  expect(lossesOf(await run.finish())).toEqual(NONE);
});
