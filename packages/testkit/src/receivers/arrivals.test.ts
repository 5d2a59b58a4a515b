import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findArrivalFaults, followArrivals } from "./arrivals.ts";

const line = (appName: string, msgid: string, text: string) =>
  `{"input":"tcp","appname":"${appName}","msgid":"${msgid}","rawmsg":"${text} ClawmetryBoot=00c0ffee"}\n`;

test("numbers are told apart by exporter, and own events from others", () => {
  const folder = mkdtempSync(join(tmpdir(), "siem-arrivals-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, "records");
  const read = followArrivals(path);
  expect(read("one")).toEqual({ events: [], own: [], told: 0 });
  appendFileSync(path, line("one", "tool.call", "act=a ClawmetrySeq=1"));
  appendFileSync(path, line("two", "tool.call", "act=a ClawmetrySeq=1"));
  appendFileSync(path, '{"appname":"one","msgid":"tool.call","rawmsg":"ClawmetrySeq=2 Clawm');
  expect(read("one")).toEqual({ events: [1], own: [], told: 0 });
  appendFileSync(path, "\n");
  appendFileSync(path, line("one", "siem.events_dropped", "reason=queue_full:40 cnt=40 ClawmetrySeq=3"));
  appendFileSync(path, line("one", "siem.events_dropped", "reason=queue_full:40 cnt=40 ClawmetrySeq=3"));
  appendFileSync(path, line("one", "siem.events_dropped", "reason=evicted:2 cnt=2 ClawmetrySeq=5"));
  expect(read("one")).toEqual({ events: [1], own: [3, 3, 5], told: 42 });
  expect(read("two")).toEqual({ events: [1], own: [], told: 0 });
});

test("a replay is a duplicate and not out of order, an event that comes late is", () => {
  expect(findArrivalFaults({ events: [1, 2, 3, 2, 3, 5, 4], own: [6], told: 0 }, 8)).toEqual({
    missing: [7, 8],
    duplicates: 2,
    outOfOrder: [4],
  });
});

test("an own event may overtake others", () => {
  expect(findArrivalFaults({ events: [1, 2, 3], own: [4], told: 0 }, 4)).toEqual({
    missing: [],
    duplicates: 0,
    outOfOrder: [],
  });
});
