import { type Transport } from "@clawmetry/siem-core";
import {
  makeReceiverCertificates,
  networkFaults,
  poll,
  type Receiver,
  type ReceiverCertificates,
  type RsyslogInput,
  startRsyslog,
} from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { lossesOf } from "../../test/fault-outcome.ts";
import { type FaultRun, startFaultRun } from "../../test/fault-run.ts";
import { rsyslogTargets } from "../../test/fault-targets.ts";
import { siemTransport } from "../siem-transport.ts";

const NONE = { "tcp, newline": 0, "tcp, octet-counting": 0, tls: 0 };
const NONE_LEFT = [101, 101, 101].map((sent) => ({ sent, dropped: 0, left: 0 }));
const TIMEOUT_MS = 1500;
// By then a look has found everything acknowledged.
const LOOK_MS = 10_000;

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

/** Starts exporters whose first event is known to be acknowledged. */
async function startAcknowledged(fault: string): Promise<FaultRun> {
  const { newline, octetCounting, tls } = rsyslogTargets(rsyslog, certificates);
  const transports: Transport[] = [];
  const run = startFaultRun({
    fault,
    receiver: { name: "rsyslog", recordPath: rsyslog.recordPath },
    targets: [newline, octetCounting, tls],
    perSecond: 200,
    limits: {
      open: (target) => {
        const transport = siemTransport(target);
        transports.push(transport);
        return transport;
      },
    },
  });
  await run.reach();
  await poll(
    () => transports.every(({ unacknowledgedMs }) => unacknowledgedMs === 0) || undefined,
    LOOK_MS,
    () => "the first event is not acknowledged",
  );
  return run;
}

test("in a black hole, close keeps its deadline, and what was never acknowledged is left", async () => {
  const run = await startAcknowledged("close after 0.5 s in a black hole: 100 left");
  const heals = [await network.blackHole(rsyslog.ports.tcp), await network.blackHole(rsyslog.ports.tls)];
  onTestFinished(async () => {
    for (const heal of heals) await heal();
  });
  await run.load(500);
  expect(await Promise.all(run.exporters.map((exporter) => exporter.flush()))).toEqual([true, true, true]);
  expect(run.exporters.map(({ stats }) => stats.sent)).toEqual([101, 101, 101]);
  const cuts = await run.cut(TIMEOUT_MS);
  expect(cuts.map(({ report }) => report)).toEqual(cuts.map(() => ({ sent: 1, dropped: 0, left: 100 })));
  expect(cuts.map(({ outcome }) => outcome.stats.dropped.shutdown)).toEqual([100, 100, 100]);
  for (const { tookMs } of cuts) {
    expect(tookMs).toBeGreaterThan(0.8 * TIMEOUT_MS); // it waited for what might still be acknowledged
    expect(tookMs).toBeLessThan(TIMEOUT_MS + 250);
  }
  expect(lossesOf(cuts.map(({ outcome }) => outcome))).toEqual(NONE);
});

test("before a reader that is frozen, close reports what its kernel acknowledged as sent, and all of it is read later", async () => {
  const run = await startAcknowledged("close after 0.5 s of SIGSTOP, then SIGCONT: 0 left");
  rsyslog.freeze();
  await run.load(500);
  const cuts = run.cut(TIMEOUT_MS);
  await poll(
    () => run.exporters.every(({ stats }) => stats.state === "closed") || undefined,
    2 * TIMEOUT_MS,
    () => "the exporters are not closed",
  );
  rsyslog.thaw();
  expect((await cuts).map(({ report }) => report)).toEqual(NONE_LEFT);
  expect(lossesOf((await cuts).map(({ outcome }) => outcome))).toEqual(NONE);
});
