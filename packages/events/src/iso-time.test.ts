import fc from "fast-check";
import { expect, test } from "vitest";
import { isoMs } from "./iso-time.ts";

test.each([
  ["1970-01-01T00:00:00.000Z", 0],
  ["2026-01-02T03:04:05.678Z", 1767323045678],
  ["2024-02-29T23:59:59.999Z", 1709251199999],
  ["2000-03-01T00:00:00.000Z", 951868800000],
  ["1969-12-31T23:59:59.999Z", -1],
  ["0000-01-01T00:00:00.000Z", -62167219200000],
  ["9999-12-31T23:59:59.999Z", 253402300799999],
])("reads %s", (text, timeMs) => {
  expect(isoMs(text)).toBe(timeMs);
});

test.each([
  "2026-01-02T03:04:05Z",
  "2026-01-02T03:04:05.678z",
  "2026-01-02t03:04:05.678Z",
  "2026-01-02T03:04:05,678Z",
  "2026-01-02T03:04:05.67 Z",
  "2026-01-02T03:04:05.-78Z",
  "2026-01-02T03:04:05.6 8Z",
  "+026-01-02T03:04:05.678Z",
  "2026-00-02T03:04:05.678Z",
  "2026-13-02T03:04:05.678Z",
  "2026-01-00T03:04:05.678Z",
  "2025-02-29T03:04:05.678Z",
  "1900-02-29T03:04:05.678Z",
  "2026-01-02T24:00:00.000Z",
  "2026-01-02T03:60:05.678Z",
  "2026-01-02T23:59:60.000Z",
  "2026-01-02T03:04:05.678Z ",
])("leaves %s to others", (text) => {
  expect(isoMs(text)).toBeUndefined();
});

test("reads whatever time a Date writes", () => {
  const times = fc.integer({ min: Date.UTC(1, 0, 1), max: 253402300799999 });
  fc.assert(
    fc.property(times, (timeMs) => {
      expect(isoMs(new Date(timeMs).toISOString())).toBe(timeMs);
    }),
    { seed: 20_261_123, numRuns: 2000 },
  );
});
