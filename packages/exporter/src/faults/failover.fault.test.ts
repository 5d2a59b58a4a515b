import { type StateChange } from "@clawmetry/siem-core";
import {
  findArrivalFaults,
  followArrivals,
  makeReceiverCertificates,
  type Receiver,
  type ReceiverCertificates,
  type RsyslogInput,
  startRsyslog,
  startSyslogNg,
  type SyslogNgInput,
} from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { lossesOf } from "../../test/fault-outcome.ts";
import { type FaultRun, type FaultRunOptions, startFaultRun } from "../../test/fault-run.ts";

const TRANSPORT = "tcp, newline";
const NONE = { [TRANSPORT]: 0 };
const HOST = "127.0.0.1";
// The longest wait between two attempts is 30 s.
const BACK_MS = 35_000;
// Until the buffers of a frozen receiver are full, and a write has waited for as long as it may.
const LEAVE_MS = 20_000;

let certificates: ReceiverCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
});
afterAll(() => certificates.remove());

let first: Receiver<RsyslogInput>;
let second: Receiver<SyslogNgInput>;
beforeEach(async () => {
  first = await startRsyslog({ certificates });
  onTestFinished(() => first.stop());
  second = await startSyslogNg({ certificates });
  onTestFinished(() => second.stop());
});

type Place = "first" | "second";

/** A run with one exporter, which has both receivers for failover. */
interface FailoverRun extends FaultRun {
  /** Every change so far, such as `connected second`. */
  readonly changes: readonly string[];
  /** Goes on with the load until the exporter uses that receiver. */
  readonly loadUntilUsed: (place: Place, limitMs: number) => Promise<void>;
  /** The same until events arrive there too. */
  readonly loadUntilAt: (place: Place, limitMs: number) => Promise<void>;
}

function startFailover(
  fault: string,
  options: Pick<FaultRunOptions, "limits" | "faithful" | "perSecond"> = {},
): FailoverRun {
  const ports = { first: first.ports.tcp, second: second.ports.newline };
  const run = startFaultRun({
    fault,
    receiver: {
      name: "rsyslog, then syslog-ng",
      recordPath: first.recordPath,
      standInPaths: [second.recordPath],
    },
    targets: [
      {
        transport: TRANSPORT,
        config: {
          protocol: "tcp",
          mode: "failover",
          targets: [
            { host: HOST, port: ports.first },
            { host: HOST, port: ports.second },
          ],
        },
      },
    ],
    ...options,
  });
  const changes: string[] = [];
  const placeOf = (target: string): Place => (target.endsWith(`:${ports.first}`) ? "first" : "second");
  const note = ({ state, target }: StateChange) => {
    changes.push(`${state} ${placeOf(target)}`);
  };
  const [exporter] = run.exporters;
  exporter?.onStateChange(note);
  const used = (place: Place): boolean =>
    exporter?.stats.targets.some(
      ({ active, state, target }) => active && state === "connected" && placeOf(target) === place,
    ) === true;
  const loadUntil = (place: Place, done: () => boolean, limitMs: number) =>
    run.loadUntil(done, limitMs, () => `the ${place} gets no events: ${changes.join(", ")}`);
  return {
    ...run,
    changes,
    loadUntilUsed: (place, limitMs) => loadUntil(place, () => used(place), limitMs),
    loadUntilAt: (place, limitMs) => {
      const receiver = { first, second }[place];
      const before = receiver.records().length;
      return loadUntil(place, () => used(place) && receiver.records().length > before, limitMs);
    },
  };
}

test("events go to the second within a second when the first is killed, and back when it is there again", async () => {
  const run = startFailover("failover: the first killed, then back");
  await run.reach();
  await run.load(1000);
  await first.kill();
  await run.loadUntilAt("second", 1000);
  expect(run.changes).toContain("failing-over second");
  await run.load(1000);
  await first.restart();
  await run.loadUntilAt("first", BACK_MS);
  expect(run.changes.at(-1)).toBe("connected first");
  await run.load(500);
  expect(lossesOf(await run.finish())).toEqual(NONE);
});

test("events go to the second when the first reads nothing for longer than a write may take, and back when it reads", async () => {
  const run = startFailover("failover: the first frozen, then back", {
    limits: { writeTimeoutMs: 2000 },
    faithful: false, // it reads the connections that wait for it in an order of its own
  });
  await run.reach();
  await run.load(1000);
  first.freeze();
  await run.loadUntilAt("second", LEAVE_MS);
  expect(run.changes).toContain("failing-over second");
  // Its kernel takes connections and bytes all the same, so that it seems to be back until its buffers are full again.
  await run.loadUntilUsed("first", BACK_MS);
  await run.loadUntilAt("second", LEAVE_MS);
  first.thaw();
  await run.loadUntilAt("first", BACK_MS);
  await run.load(500);
  expect(lossesOf(await run.finish())).toEqual(NONE);
  const { outOfOrder } = findArrivalFaults(followArrivals(second.recordPath)("exporter-0"), 0);
  expect(outOfOrder).toEqual([]);
});

test("events wait while both are gone, go to whichever is back, and to the first as soon as it is", async () => {
  const run = startFailover("failover: both killed, the second back first", { perSecond: 200 });
  await run.reach();
  await run.load(1000);
  await first.kill();
  await run.loadUntilAt("second", 1000);
  await run.load(500);
  await second.kill();
  await run.load(1500);
  expect(run.exporters[0]?.stats.queuedEvents).toBeGreaterThan(200);
  await second.restart();
  await run.loadUntilAt("second", BACK_MS);
  await run.load(500);
  await first.restart();
  await run.loadUntilAt("first", BACK_MS);
  await run.load(500);
  const outcomes = await run.finish();
  expect(lossesOf(outcomes)).toEqual(NONE);
});
