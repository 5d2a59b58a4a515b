import {
  makeReceiverCertificates,
  mountSmallDisk,
  poll,
  type Receiver,
  type ReceiverCertificates,
  startSyslogNg,
  type SyslogNgInput,
} from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type FaultRun, type FaultRunOptions, startFaultRun } from "../../test/fault-run.ts";
import { duplicatesOf, lossesOf } from "../../test/fault-outcome.ts";
import { syslogNgTargets } from "../../test/fault-targets.ts";

const NONE = { "tcp, newline": 0, "tcp, octet-counting": 0, tls: 0 };

let certificates: ReceiverCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
});
afterAll(() => certificates.remove());

async function start(recordFolder?: string): Promise<Receiver<SyslogNgInput>> {
  const syslogNg = await startSyslogNg({ certificates, ...(recordFolder === undefined ? {} : { recordFolder }) });
  onTestFinished(() => syslogNg.stop());
  return syslogNg;
}

function startStreams(
  syslogNg: Receiver<SyslogNgInput>,
  options: Pick<FaultRunOptions, "fault" | "perSecond" | "faithful">,
): FaultRun {
  const { newline, octetCounting, tls } = syslogNgTargets(syslogNg, certificates);
  const receiver = { name: "syslog-ng", recordPath: syslogNg.recordPath };
  return startFaultRun({ ...options, receiver, targets: [newline, octetCounting, tls] });
}

test("nothing is lost when it is killed under load and started again", async () => {
  const syslogNg = await start();
  const run = startStreams(syslogNg, { fault: "kill -9, restart" });
  await run.reach();
  await run.load(1000);
  await syslogNg.kill();
  await Promise.all([run.load(1500), syslogNg.restart()]);
  expect(lossesOf(await run.finish())).toEqual(NONE);
});

test("nothing is lost when it is shut down under load and started again", async () => {
  const syslogNg = await start();
  const run = startStreams(syslogNg, { fault: "SIGTERM, restart" });
  await run.reach();
  await run.load(1000);
  await Promise.all([run.load(1500), syslogNg.restart()]);
  expect(lossesOf(await run.finish())).toEqual(NONE);
});

test("nothing is lost and nothing comes twice when it does not read for a while", async () => {
  const syslogNg = await start();
  const run = startStreams(syslogNg, { fault: "SIGSTOP, SIGCONT after 1.5 s" });
  await run.reach();
  await run.load(500);
  syslogNg.freeze();
  await run.load(1500);
  syslogNg.thaw();
  await run.load(500);
  const outcomes = await run.finish();
  expect(lossesOf(outcomes)).toEqual(NONE);
  expect(duplicatesOf(outcomes)).toEqual(NONE);
});

test("nothing is lost when its disk is full and gets room again", async () => {
  const disk = await mountSmallDisk("1m");
  const syslogNg = await start(disk.folder);
  onTestFinished(async () => {
    await syslogNg.stop();
    await disk.remove();
  });
  // What it could not write, it takes up again behind what came after, and now and then a second time.
  const run = startStreams(syslogNg, { fault: "disk full, grown (flow control)", perSecond: 1000, faithful: false });
  await run.reach();
  await run.load(2000);
  await poll(
    () => syslogNg.internalLog().includes("No space left on device") || undefined,
    10_000,
    () => "the disk is not full",
  );
  await run.load(1000);
  await disk.grow("64m");
  await run.load(500);
  const outcomes = await run.finish();
  expect(lossesOf(outcomes)).toEqual(NONE);
  expect(outcomes.map(({ stats }) => stats.replayed + stats.errors)).toEqual([0, 0, 0]);
});
