import {
  makeReceiverCertificates,
  mountSmallDisk,
  poll,
  type Receiver,
  type ReceiverCertificates,
  type RsyslogInput,
  type RsyslogOptions,
  startRsyslog,
} from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type FaultRun, type FaultRunOptions, startFaultRun } from "../../test/fault-run.ts";
import { duplicatesOf, lossesOf } from "../../test/fault-outcome.ts";
import { rsyslogTargets } from "../../test/fault-targets.ts";

const NONE = { relp: 0, "relp-tls": 0 };
const WINDOW = 128;

let certificates: ReceiverCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
});
afterAll(() => certificates.remove());

type Queue = NonNullable<RsyslogOptions["queue"]>;

async function start(queue: Queue, recordFolder?: string): Promise<Receiver<RsyslogInput>> {
  const rsyslog = await startRsyslog({ certificates, queue, ...(recordFolder !== undefined && { recordFolder }) });
  onTestFinished(() => rsyslog.stop());
  return rsyslog;
}

function startRelp(
  rsyslog: Receiver<RsyslogInput>,
  queue: Queue,
  options: Pick<FaultRunOptions, "fault"> & Partial<FaultRunOptions>,
): FaultRun {
  const { relp, relpTls } = rsyslogTargets(rsyslog, certificates);
  const receiver = { name: `rsyslog, ${queue} queue`, recordPath: rsyslog.recordPath };
  return startFaultRun({ receiver, targets: [relp, relpTls], ...options });
}

describe.each(["memory", "direct"] as const)("%s queue", (queue) => {
  // What is in the memory of a queue when it is killed was acknowledged: a few messages at this load.
  const mostLost = queue === "direct" ? 0 : WINDOW;

  test("nothing is lost but what was in its memory when it is killed under load and started again", async () => {
    const rsyslog = await start(queue);
    const run = startRelp(rsyslog, queue, { fault: "kill -9, restart" });
    await run.reach();
    await run.load(1000);
    await rsyslog.kill();
    await Promise.all([run.load(1500), rsyslog.restart()]);
    for (const { lost } of await run.finish()) expect(lost).toBeLessThanOrEqual(mostLost);
  });

  test("nothing is lost when it is shut down under load and started again", async () => {
    const rsyslog = await start(queue);
    const run = startRelp(rsyslog, queue, { fault: "SIGTERM, restart" });
    await run.reach();
    await run.load(1000);
    await Promise.all([run.load(1500), rsyslog.restart()]);
    expect(lossesOf(await run.finish())).toEqual(NONE);
  });

  test("nothing is lost and nothing comes twice when it does not read for a while", async () => {
    const rsyslog = await start(queue);
    const run = startRelp(rsyslog, queue, { fault: "SIGSTOP, SIGCONT after 1.5 s" });
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

  test("nothing is lost when it is given up while frozen, and answers later", async () => {
    const rsyslog = await start(queue);
    const run = startRelp(rsyslog, queue, {
      fault: "SIGSTOP, SIGCONT after 3 s (answerTimeoutMs 1 s)",
      limits: { answerTimeoutMs: 1000 },
      faithful: false, // it reads what the first session carried when the next one has begun
    });
    await run.reach();
    await run.load(500);
    rsyslog.freeze();
    await run.load(3000);
    rsyslog.thaw();
    await run.load(500);
    expect(lossesOf(await run.finish())).toEqual(NONE);
  });

  test("nothing is lost but what was in its memory when it is killed with a window of messages unread", async () => {
    const rsyslog = await start(queue);
    const run = startRelp(rsyslog, queue, { fault: "SIGSTOP, kill -9, restart" });
    await run.reach();
    rsyslog.freeze();
    await run.load(1000);
    await rsyslog.kill();
    await rsyslog.restart();
    await run.load(500);
    for (const { lost } of await run.finish()) expect(lost).toBeLessThanOrEqual(mostLost);
  });
});

test.each(["relp", "relpTls"] as const)(
  "%s: nothing acknowledged is lost by a kill at full speed with a direct queue",
  async (route) => {
    const rsyslog = await start("direct");
    const target = rsyslogTargets(rsyslog, certificates)[route];
    const run = startRelp(rsyslog, "direct", { fault: "kill -9 at full speed", targets: [target] });
    await run.reach();
    await run.flood(1500);
    await rsyslog.kill();
    await rsyslog.restart();
    await run.flood(400);
    const [outcome] = await run.finish();
    expect(outcome).toMatchObject({ lost: 0, stats: { replayed: 0 } });
    expect(outcome?.duplicates).toBeLessThanOrEqual(WINDOW);
  },
);

// What was acknowledged and not written yet is lost with the memory: how much is measured, and no account may break.
test.each([128, 2000])("window %i: a kill at full speed with a memory queue breaks no account", async (relpWindow) => {
  const rsyslog = await start("memory");
  const { transport, config } = rsyslogTargets(rsyslog, certificates).relp;
  const run = startRelp(rsyslog, "memory", {
    fault: `kill -9 at full speed, window ${relpWindow}`,
    targets: [{ transport, config: { ...config, relpWindow } }],
  });
  await run.reach();
  await run.flood(1500);
  await rsyslog.kill();
  await rsyslog.restart();
  await run.flood(400);
  const [outcome] = await run.finish();
  expect(outcome?.stats.replayed).toBe(0);
  expect(outcome?.duplicates).toBeLessThanOrEqual(relpWindow);
});

test("what rsyslog acknowledges and cannot write is lost, and nobody here can know", async () => {
  const disk = await mountSmallDisk("1m");
  onTestFinished(disk.remove);
  const rsyslog = await start("memory", disk.folder);
  const run = startRelp(rsyslog, "memory", { fault: "disk full, grown", perSecond: 1000, faithful: false });
  await run.reach();
  await run.load(2000);
  await poll(
    () => rsyslog.internalLog().includes("No space left on device") || undefined,
    10_000,
    () => "the disk is not full",
  );
  await run.load(1000);
  await disk.grow("64m");
  await run.load(500);
  for (const { lost, stats } of await run.finish()) {
    expect(lost).toBeGreaterThan(0);
    expect(stats).toMatchObject({ sent: stats.accepted, errors: 0 });
  }
});
