import { expect, test } from "vitest";
import { readEventTime, timeText } from "./event-time.ts";

const nowMs = 1767323045678; // 2026-01-02T03:04:05.678Z
const received = { timeMs: nowMs, time: "2026-01-02T03:04:05.678Z", timeSource: "receipt" };

test.each([
  ["2026-01-02T03:04:05.678Z", 1767323045678],
  ["2026-01-02T03:04:05.678", 1767323045678],
  ["2026-01-02 03:04:05,678", 1767323045678],
  ["2026-01-02t03:04:05.678z", 1767323045678],
  ["2026-01-02T08:34:05.678901+05:30", 1767323045678],
  ["2026-01-01T22:04:05.678999999-0500", 1767323045678],
  ["2026-01-02T04:04:05.678+01", 1767323045678],
  ["2026-01-02T03:04Z", 1767323040000],
  ["2026-01-02", 1767312000000],
  ["2025-12-31T23:59:60Z", 1767225599999],
  ["2024-02-29T00:00:00Z", 1709164800000],
  [" 1767323045.678 ", 1767323045678],
  ["1767323045678", 1767323045678],
  [1767323045.678, 1767323045678],
  [1767323045678, 1767323045678],
  [1767323045678n, 1767323045678],
  [0, 0],
  [99_999_999_999, 99_999_999_999_000],
  [100_000_000_000, 100_000_000_000],
  [new Date(1767323045678), 1767323045678],
])("reads %s", (ts, timeMs) => {
  expect(readEventTime(ts)).toEqual({ timeMs, time: new Date(timeMs).toISOString(), timeSource: undefined });
});

test.each([
  "",
  "rubbish",
  "2026-13-01T00:00:00Z",
  "2026-02-30T00:00:00Z",
  "2025-02-29",
  "2026-01-02T24:00:00Z",
  "2026-01-02T03:60:00Z",
  "2026-01-02T03:04:61Z",
  "2026-01-02T03:04:05+24:00",
  "2026-01-02T03:04:05.Z",
  "0070-01-01T00:00:00Z",
  "1969-12-31T23:59:59Z",
  "10000-01-01T00:00:00Z",
  "Fri, 02 Jan 2026 03:04:05 GMT",
  NaN,
  Infinity,
  -1,
  1e30,
  null,
  undefined,
  {},
  [],
  true,
  new Date(NaN),
])("takes the time of receipt for %s", (ts) => {
  expect(readEventTime(ts, nowMs)).toEqual(received);
  expect(readEventTime(ts)).toEqual({ timeMs: null, time: undefined, timeSource: undefined });
});

test("a time up to 24 hours ahead of the receipt stands, a later one does not", () => {
  const day = 86_400_000;
  expect(readEventTime(nowMs + day, nowMs)).toMatchObject({ timeMs: nowMs + day, timeSource: undefined });
  expect(readEventTime(nowMs + day + 1, nowMs)).toEqual(received);
});

test("a time of receipt that is no time is not used", () => {
  expect(readEventTime("rubbish", NaN)).toEqual({ timeMs: null, time: undefined, timeSource: undefined });
});

test("the text of a time is the time as given", () => {
  expect(timeText("2026-01-02T03:04:05")).toBe("2026-01-02T03:04:05");
  expect(timeText(1795403045.678)).toBe("1795403045.678");
  expect(timeText(new Date(nowMs))).toBe("2026-01-02T03:04:05.678Z");
  expect(timeText({})).toBeUndefined();
});
