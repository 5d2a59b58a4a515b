import { makeReceiverCertificates, mountSmallDisk, poll, startRsyslog } from "@clawmetry/siem-testkit/receivers";
import { expect, onTestFinished, test } from "vitest";
import { startFaultRun } from "../../test/fault-run.ts";
import { rsyslogTargets } from "../../test/fault-targets.ts";

test("what rsyslog takes and cannot write is lost, and nobody here can know", async () => {
  const certificates = await makeReceiverCertificates();
  onTestFinished(certificates.remove);
  const disk = await mountSmallDisk("1m");
  const rsyslog = await startRsyslog({ certificates, recordFolder: disk.folder });
  onTestFinished(async () => {
    await rsyslog.stop();
    await disk.remove();
  });
  const { newline, octetCounting, tls } = rsyslogTargets(rsyslog, certificates);
  const receiver = { name: "rsyslog", recordPath: rsyslog.recordPath };
  const targets = [newline, octetCounting, tls];
  const run = startFaultRun({ fault: "disk full, grown", receiver, targets, perSecond: 1000, faithful: false });
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
