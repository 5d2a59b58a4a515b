import { systemEffects } from "@clawmetry/siem-core";
import { makeReceiverCertificates, startRsyslog } from "@clawmetry/siem-testkit/receivers";
import { expect, onTestFinished, test } from "vitest";
import { lossesOf } from "../../test/fault-outcome.ts";
import { startFaultRun } from "../../test/fault-run.ts";
import { rsyslogTargets } from "../../test/fault-targets.ts";

const HOUR_MS = 3_600_000;
const QUEUE_EVENTS = 200;

test("the clock may jump while the receiver is away and the queue runs over: what is lost is told, and nothing else", async () => {
  const certificates = await makeReceiverCertificates();
  onTestFinished(certificates.remove);
  const rsyslog = await startRsyslog({ certificates });
  onTestFinished(() => rsyslog.stop());
  let offsetMs = 0;
  const effects = { ...systemEffects, now: () => systemEffects.now() + offsetMs };
  const { newline, octetCounting, tls } = rsyslogTargets(rsyslog, certificates);
  const run = startFaultRun({
    fault: "clock +1 h, then -1 h; full queue",
    receiver: { name: "rsyslog", recordPath: rsyslog.recordPath },
    targets: [newline, octetCounting, tls].map(({ transport, config }) => ({
      transport,
      config: { ...config, queueEvents: QUEUE_EVENTS },
    })),
    limits: { effects },
  });
  await run.reach();
  await run.load(500);
  offsetMs = HOUR_MS;
  await run.load(500);
  await rsyslog.terminate();
  await run.load(500);
  offsetMs = -HOUR_MS;
  await run.load(1000);
  await rsyslog.restart();
  await run.load(500);
  const outcomes = await run.finish();
  expect(lossesOf(outcomes)).toEqual({ "tcp, newline": 0, "tcp, octet-counting": 0, tls: 0 });
  expect(outcomes.map(({ told }) => told > 0)).toEqual([true, true, true]);
});
