import { expect, test } from "vitest";
import { parseSyslog } from "./parse-syslog.ts";
import { SyslogSyntaxError } from "./syslog-syntax-error.ts";

const nowMs = 1767323045678; // 2026-01-02T03:04:05.678Z
const head = "<134>Jan  2 03:04:05 ";

const TIME = "TIMESTAMP must be Mmm dd hh:mm:ss, the day padded with a space";
const HOSTNAME = "HOSTNAME must be 1 to 255 printable ASCII characters and a space";
const NO_TAG = "TAG must be 1 to 32 letters and digits";
const TAG = "TAG must be 1 to 32 letters and digits, then [PID] or nothing, then a colon";
const PID = "PID must be 1 to 128 printable ASCII characters other than : [ and ]";

test.each([
  ["a day of one digit", "<134>Jan  9 00:00:00 h t:", { timeMs: Date.UTC(2026, 0, 9) }],
  ["a day of two digits", "<134>Jan 10 00:00:00 h t:", { timeMs: Date.UTC(2026, 0, 10) }],
  ["the last second of a year", "<134>Dec 31 23:59:59 h t:", { timeMs: Date.UTC(2025, 11, 31, 23, 59, 59) }],
  ["a TAG of 32", `${head}h ${"t".repeat(32)}:`, { appName: "t".repeat(32) }],
  ["a TAG that begins with a digit", `${head}h 7z:`, { appName: "7z" }],
  ["an IPv6 address", `${head}fe80::1 t:`, { hostname: "fe80::1" }],
  ["a PID of 128", `${head}h t[${"1".repeat(128)}]:`, { procId: "1".repeat(128) }],
  ["a PID that is no number", `${head}h t[worker/1]:`, { procId: "worker/1" }],
  ["a line without content", `${head}h t:`, { hostname: "h", appName: "t" }],
  ["spaces that belong to the content", `${head}h t:  x `, { message: " x " }],
  ["a byte order mark in the content", `${head}h t: \ufeffx`, { message: "\ufeffx" }],
])("reads %s", (_name, line, expected) => {
  const message = parseSyslog(line, { nowMs });
  expect(message).toMatchObject(expected);
  expect(message).not.toHaveProperty("bom");
});

test.each([
  ["a day padded with a zero", "<134>Jan 02 03:04:05 h t: x", 5, TIME],
  ["a day that is not padded", "<134>Jan 2 03:04:05 h t: x", 5, TIME],
  ["30 February", "<134>Feb 30 00:00:00 h t: x", 5, TIME],
  ["31 April", "<134>Apr 31 00:00:00 h t: x", 5, TIME],
  ["a month in upper case", "<134>JAN  2 03:04:05 h t: x", 5, TIME],
  ["a month in another language", "<134>Mai  2 03:04:05 h t: x", 5, TIME],
  ["a leap second", "<134>Dec 31 23:59:60 h t: x", 5, TIME],
  ["a fraction of a second", "<134>Jan  2 03:04:05.678 h t: x", 20, "TIMESTAMP must be followed by a space"],
  ["a year", `${head}2026 h t: x`, 27, TAG],
  ["no HOSTNAME", `${head} t: x`, 21, HOSTNAME],
  ["a HOSTNAME of 256", `${head}${"h".repeat(256)} t: x`, 276, HOSTNAME],
  ["a HOSTNAME beyond ASCII", `${head}h\u00f6st t: x`, 22, HOSTNAME],
  ["an empty TAG", `${head}h : x`, 23, NO_TAG],
  ["a TAG of 33", `${head}h ${"t".repeat(33)}: x`, 55, TAG],
  ["a dash in TAG", `${head}h a-b: x`, 24, TAG],
  ["a TAG without colon", `${head}h t x`, 24, TAG],
  ["an empty PID", `${head}h t[]: x`, 25, PID],
  ["a PID of 129", `${head}h t[${"1".repeat(129)}]: x`, 153, "PID must end with ]"],
  ["a colon in PID", `${head}h t[1:2]: x`, 26, "PID must end with ]"],
  ["a space in PID", `${head}h t[1 2]: x`, 26, "PID must end with ]"],
  ["no colon after PID", `${head}h t[1] x`, 27, TAG],
  ["no space after the colon", `${head}h t:x`, 25, "the colon after TAG must be followed by a space"],
])("refuses %s", (_name, line, position, reason) => {
  expect(() => parseSyslog(line, { nowMs })).toThrow(new SyslogSyntaxError(position, reason));
});
