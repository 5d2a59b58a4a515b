import { expect, test } from "vitest";
import vectors from "../testdata/rfc3164.json" with { type: "json" };
import { formatRfc3164 } from "./format-rfc3164.ts";
import { parseSyslog } from "./parse-syslog.ts";
import type { SyslogMessage } from "./syslog-message.ts";

const BASE: SyslogMessage = {
  facility: 16,
  severity: 6,
  timeMs: 1767323045678,
  hostname: "gw01",
  appName: "clawmetry",
};

test.each(vectors)("$name", ({ message, line }) => {
  expect(formatRfc3164(message)).toBe(line);
  expect(formatRfc3164(parseSyslog(line, { nowMs: 1767323045678 }))).toBe(line);
});

test("a time that is not known is that of 1970", () => {
  expect(formatRfc3164({ ...BASE, timeMs: null, message: "x" })).toBe("<134>Jan  1 00:00:00 gw01 clawmetry: x");
  expect(formatRfc3164({ ...BASE, timeMs: Number.NaN, message: "x" })).toBe("<134>Jan  1 00:00:00 gw01 clawmetry: x");
});

test("there is always a host and a TAG", () => {
  expect(formatRfc3164({ facility: 16, severity: 6, timeMs: 0, message: "CEF:0|x" })).toBe(
    "<134>Jan  1 00:00:00 - unknown: CEF:0|x",
  );
  expect(formatRfc3164({ ...BASE, timeMs: 0, hostname: "a b", appName: "-._\u017c" })).toBe(
    "<134>Jan  1 00:00:00 a_b unknown:",
  );
});

test("a process id cannot end the TAG early", () => {
  expect(formatRfc3164({ ...BASE, procId: "1]: x[2" })).toBe("<134>Jan  2 03:04:05 gw01 clawmetry[1___x_2]:");
  expect(formatRfc3164({ ...BASE, procId: "" })).toBe("<134>Jan  2 03:04:05 gw01 clawmetry:");
  expect(formatRfc3164({ ...BASE, procId: "-" })).toBe("<134>Jan  2 03:04:05 gw01 clawmetry:");
});

test("the message is cleaned as in RFC 5424, and the rest of a message has no place", () => {
  expect(formatRfc3164({ ...BASE, msgId: "m", structuredData: [["a", []]], bom: true, message: "a\r\n<0>b\0" })).toBe(
    "<134>Jan  2 03:04:05 gw01 clawmetry: a <0>b\u2400",
  );
});
