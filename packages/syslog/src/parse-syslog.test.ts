import { expect, test } from "vitest";
import vectors from "../testdata/rfc5424.json" with { type: "json" };
import invalid from "../testdata/rfc5424-invalid.json" with { type: "json" };
import { parseSyslog } from "./parse-syslog.ts";
import { SyslogSyntaxError } from "./syslog-syntax-error.ts";

const JANUARY_2026 = 1767323045678;

function refusal(line: string): SyslogSyntaxError {
  try {
    parseSyslog(line, { nowMs: JANUARY_2026 });
  } catch (error) {
    if (error instanceof SyslogSyntaxError) return error;
    throw error;
  }
  throw new Error("the line was taken");
}

test.each(vectors)("RFC 5424: $name", ({ line, parsed }) => {
  expect(parseSyslog(line)).toEqual(parsed);
});

test.each(invalid)("refuses $name", ({ line }) => {
  expect(refusal(line)).toMatchObject({ name: "SyslogSyntaxError" });
});

test.each([
  ["", 0],
  ["hello", 0],
  ["<>1 - - - - - -", 1],
  ["<1341>1 - - - - - -", 4],
  ["<013>1 - - - - - -", 1],
  ["<00>1 - - - - - -", 1],
  ["<-1>1 - - - - - -", 1],
  ["<134", 4],
  ["<134>", 5],
  ["<134>2 - - - - - -", 5],
  ["<134>11 - - - - - -", 5],
  ["<134>1", 5],
  ["<134>1 ", 7],
  ["<134>1  - - - - -", 7],
  ["<134>1 -- - - - - -", 7],
  ["<134>1 -", 8],
  ["<134>1 - -", 10],
  ["<134>1 -  - - - -", 9],
  ["<134>1 - h\u00f6st - - - -", 10],
  [`<134>1 - ${"h".repeat(256)} - - - -`, 264],
  [`<134>1 - - ${"a".repeat(49)} - - -`, 59],
  [`<134>1 - - - ${"p".repeat(129)} - -`, 141],
  ["<134>1 - - - - -", 16],
  ["<134>1 - - - - - ", 17],
  ["<134>1 - - - - - -x", 18],
  ["<134>1 - - - - - []", 18],
  ["<134>1 - - - - - [a", 19],
  ["<134>1 - - - - - [a ]", 20],
  ["<134>1 - - - - - [a k]", 21],
  ["<134>1 - - - - - [a k=]", 21],
  ['<134>1 - - - - - [a k="]', 23],
  ['<134>1 - - - - - [a k="v]', 24],
  ['<134>1 - - - - - [a k="v', 24],
  ['<134>1 - - - - - [a k="v\\', 25],
  ['<134>1 - - - - - [a k="v"x]', 25],
  ['<134>1 - - - - - [a  k="v"]', 20],
  ["<134>1 - - - - - [a]\n[b] x", 20],
  ["<134>1 - - - - - [a]x", 20],
])("refuses %j at %i", (line, position) => {
  expect(refusal(line).position).toBe(position);
});

test("an error says what is allowed and where, and nothing of the line", () => {
  const error = refusal("<134>1 - secret\u00e9 - - - -");
  expect(error.reason).toBe("HOSTNAME must be 1 to 255 printable ASCII characters and a space");
  expect(error.message).toBe("HOSTNAME must be 1 to 255 printable ASCII characters and a space (position 15)");
});

test("MSG begins after one space, and may hold anything", () => {
  expect(parseSyslog("<134>1 - - - - - -  [a] \n\0 ").message).toBe(" [a] \n\0 ");
  expect(parseSyslog("<134>1 - - - - - [a] [b] x").message).toBe("[b] x");
  expect(parseSyslog("<134>1 - - - - - - ")).toEqual({ facility: 16, severity: 6, timeMs: null, message: "" });
});

test("a backslash before another character is only a backslash", () => {
  expect(parseSyslog('<134>1 - - - - - [a k="\\n\\\\\\"\\]\\""]').structuredData).toEqual([["a", [["k", '\\n\\"]"']]]]);
});

test.each([
  ["<134>Jan  2 03:04:05 gw01 clawmetry[4711]: hello", "2026-01-02T03:04:05.000Z"],
  ["<134>Dec 31 23:59:59 gw01 clawmetry[4711]: hello", "2025-12-31T23:59:59.000Z"],
  ["<134>Jul  1 00:00:00 gw01 clawmetry[4711]: hello", "2026-07-01T00:00:00.000Z"],
  ["<134>Aug  1 00:00:00 gw01 clawmetry[4711]: hello", "2025-08-01T00:00:00.000Z"],
  ["<134>Feb 29 12:00:00 gw01 clawmetry[4711]: hello", "2024-02-29T12:00:00.000Z"],
])("RFC 3164: %s is of %s", (line, time) => {
  expect(parseSyslog(line, { nowMs: JANUARY_2026 })).toEqual({
    facility: 16,
    severity: 6,
    timeMs: Date.parse(time),
    hostname: "gw01",
    appName: "clawmetry",
    procId: "4711",
    message: "hello",
  });
});

test("29 February is found beyond a century that is no leap year", () => {
  const line = "<134>Feb 29 12:00:00 h t: x";
  expect(parseSyslog(line, { nowMs: Date.UTC(2100, 1, 28) }).timeMs).toBe(Date.UTC(2096, 1, 29, 12));
  expect(parseSyslog(line, { nowMs: Date.UTC(2100, 5, 1) }).timeMs).toBe(Date.UTC(2104, 1, 29, 12));
});

test("a year is never outside what RFC 5424 can write", () => {
  const line = "<134>Jan  1 00:00:00 h t: x";
  expect(parseSyslog(line, { nowMs: 253402300799999 }).timeMs).toBe(Date.parse("9999-01-01T00:00:00Z"));
});

test("without nowMs the year is the one nearest to the call", () => {
  const { timeMs } = parseSyslog("<134>Jan  2 03:04:05 gw01 clawmetry: hello");
  expect(Math.abs((timeMs ?? 0) - Date.now())).toBeLessThanOrEqual(184 * 24 * 60 * 60 * 1000);
});

test.each([Number.NaN, Infinity, 253402300800000])("nowMs %d is refused", (nowMs) => {
  expect(() => parseSyslog("<134>1 - - - - - -", { nowMs })).toThrow(RangeError);
});

test("RFC 3164 without a host, a process id or content leaves them out", () => {
  expect(parseSyslog("<0>Jan  1 00:00:00 - t:", { nowMs: 0 })).toEqual({
    facility: 0,
    severity: 0,
    timeMs: 0,
    appName: "t",
  });
  expect(parseSyslog("<0>Jan  1 00:00:00 - t: ", { nowMs: 0 }).message).toBe("");
});

test.each([
  ["<134>Jan 02 03:04:05 h t: x", 5],
  ["<134>Jan 2 03:04:05 h t: x", 5],
  ["<134>Jan  0 03:04:05 h t: x", 5],
  ["<134>Feb 30 03:04:05 h t: x", 5],
  ["<134>JAN  2 03:04:05 h t: x", 5],
  ["<134>Xyz  2 03:04:05 h t: x", 5],
  ["<134>Jan  2 24:00:00 h t: x", 5],
  ["<134>Jan  2 03:04:60 h t: x", 5],
  ["<134>Jan  2 03:04", 5],
  ["<134>Jan  2 03:04:05", 20],
  ["<134>Jan  2 03:04:05 2026 h t: x", 27],
  ["<134>Jan  2 03:04:05 h", 22],
  ["<134>Jan  2 03:04:05 h : x", 23],
  ["<134>Jan  2 03:04:05 h a-b: x", 24],
  [`<134>Jan  2 03:04:05 h ${"t".repeat(33)}: x`, 55],
  ["<134>Jan  2 03:04:05 h CEF:0|a|b", 27],
  ["<134>Jan  2 03:04:05 h t[]: x", 25],
  ["<134>Jan  2 03:04:05 h t[1: x", 26],
  ["<134>Jan  2 03:04:05 h t[1]x", 27],
  ["<134>Jan  2 03:04:05 h t x", 24],
])("refuses %j at %i", (line, position) => {
  expect(refusal(line).position).toBe(position);
});
