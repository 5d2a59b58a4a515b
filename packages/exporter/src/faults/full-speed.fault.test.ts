import { makeReceiverCertificates, type ReceiverCertificates, startRsyslog } from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startFaultRun } from "../../test/fault-run.ts";
import { rsyslogTargets } from "../../test/fault-targets.ts";

let certificates: ReceiverCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
});
afterAll(() => certificates.remove());

const routes = [
  { queue: "memory", route: "newline" },
  { queue: "memory", route: "octetCounting" },
  { queue: "memory", route: "tls" },
  { queue: "direct", route: "newline" },
] as const;
const cases = routes.flatMap((route) => [0, 2000].map((replayWindowMs) => ({ ...route, replayWindowMs })));

// What the receiver held in memory cannot be known here: what is lost is measured, and nothing else may be wrong.
test.each(cases)(
  "$queue queue, $route, window $replayWindowMs ms: a kill at full speed breaks no account",
  async ({ queue, route, replayWindowMs }) => {
    const rsyslog = await startRsyslog({ certificates, queue });
    onTestFinished(() => rsyslog.stop());
    const { transport, config } = rsyslogTargets(rsyslog, certificates)[route];
    const run = startFaultRun({
      fault: `kill -9 at full speed, replay window ${replayWindowMs} ms`,
      receiver: { name: `rsyslog, ${queue} queue`, recordPath: rsyslog.recordPath },
      targets: [{ transport, config: { ...config, replayWindowMs } }],
    });
    await run.reach();
    await run.flood(1500);
    await rsyslog.kill();
    await rsyslog.restart();
    await run.flood(400);
    const [outcome] = await run.finish();
    expect(outcome?.stats.replayed === 0).toBe(replayWindowMs === 0);
  },
);
