import {
  makeReceiverCertificates,
  type Receiver,
  type ReceiverCertificates,
  type RsyslogInput,
  startRsyslog,
} from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { type FaultRun, startFaultRun } from "../../test/fault-run.ts";
import { duplicatesOf, lossesOf } from "../../test/fault-outcome.ts";
import { rsyslogTargets } from "../../test/fault-targets.ts";

const NONE = { "tcp, newline": 0, "tcp, octet-counting": 0, tls: 0 };

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

function startStreams(fault: string): FaultRun {
  const { newline, octetCounting, tls } = rsyslogTargets(rsyslog, certificates);
  const receiver = { name: "rsyslog", recordPath: rsyslog.recordPath };
  return startFaultRun({ fault, receiver, targets: [newline, octetCounting, tls] });
}

test("nothing is lost when it is killed under load and started again", async () => {
  const run = startStreams("kill -9, restart");
  await run.reach();
  await run.load(1000);
  await rsyslog.kill();
  await Promise.all([run.load(1500), rsyslog.restart()]);
  expect(lossesOf(await run.finish())).toEqual(NONE);
});

test("nothing is lost when it is shut down under load and started again", async () => {
  const run = startStreams("SIGTERM, restart");
  await run.reach();
  await run.load(1000);
  await Promise.all([run.load(1500), rsyslog.restart()]);
  expect(lossesOf(await run.finish())).toEqual(NONE);
});

test("nothing is lost and nothing comes twice when it does not read for a while", async () => {
  const run = startStreams("SIGSTOP, SIGCONT after 1.5 s");
  await run.reach();
  await run.load(500);
  rsyslog.freeze();
  await run.load(1500);
  rsyslog.thaw();
  await run.load(500);
  const outcomes = await run.finish();
  expect(lossesOf(outcomes)).toEqual(NONE);
  expect(duplicatesOf(outcomes)).toEqual(NONE);
});

test("events wait for one that is not there at the start", async () => {
  await rsyslog.terminate();
  const run = startStreams("not there at the start, later there");
  await run.load(1500);
  await rsyslog.restart();
  await run.load(500);
  const outcomes = await run.finish();
  expect(lossesOf(outcomes)).toEqual(NONE);
  expect(duplicatesOf(outcomes)).toEqual(NONE);
});
