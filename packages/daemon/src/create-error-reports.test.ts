import { expect, test } from "vitest";
import { createErrorReports, type ErrorReports } from "./create-error-reports.ts";

interface Setup {
  readonly reports: ErrorReports;
  readonly lines: readonly string[];
  readonly taken: readonly unknown[];
  readonly clock: { nowMs: number };
  /** Whether events can be stored. */
  readonly store: { works: boolean };
}

function setup(): Setup {
  const lines: string[] = [];
  const taken: unknown[] = [];
  const clock = { nowMs: 0 };
  const store = { works: true };
  const reports = createErrorReports({
    take: async (event) => {
      if (!store.works) {
        reports.report("store_failed", "disk full"); // as the ingest does
        throw new Error("disk full");
      }
      taken.push(event.data);
      return Promise.resolve();
    },
    log: (line) => lines.push(line),
    intervalMs: 60_000,
    now: () => clock.nowMs,
  });
  return { reports, lines, taken, clock, store };
}

/** Lets promises settle that wait for nothing else. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test("an error is logged, and becomes one event per minute with the number of them", async () => {
  const { reports, lines, taken, clock } = setup();
  for (let count = 0; count < 3; count++) {
    reports.report("mark_unwritable", "disk full");
    await settle();
  }
  expect(lines).toEqual(Array.from({ length: 3 }, () => "mark_unwritable: disk full"));
  expect(taken).toEqual([{ code: "mark_unwritable", message: "disk full", count: 1 }]);
  clock.nowMs = 60_000;
  reports.retry();
  await settle();
  expect(taken).toEqual([
    { code: "mark_unwritable", message: "disk full", count: 1 },
    { code: "mark_unwritable", message: "disk full", count: 2 },
  ]);
});

test("an error of the store makes no loop, and is told once the store works", async () => {
  const { reports, taken, store } = setup();
  store.works = false;
  reports.report("store_failed", "disk full");
  await settle();
  expect(taken).toEqual([]);
  store.works = true;
  reports.retry();
  await settle();
  expect(taken).toEqual([{ code: "store_failed", message: "disk full", count: 2 }]);
});

test("the event is one of the daemon's own", async () => {
  const events: unknown[] = [];
  const reports = createErrorReports({
    take: (event) => Promise.resolve(events.push(event)),
    log: () => undefined,
    intervalMs: 1,
    now: () => 0,
  });
  reports.report("request_failed", "an unexpected TypeError");
  await settle();
  expect(events).toEqual([
    {
      event_type: "daemon.error",
      agent_id: "clawmetry-daemon",
      agent_type: "clawmetry-daemon",
      data: { code: "request_failed", message: "an unexpected TypeError", count: 1 },
    },
  ]);
});
