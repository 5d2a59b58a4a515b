import { expect, test } from "vitest";
import vectors from "../testdata/rfc5424.json" with { type: "json" };
import { formatRfc5424 } from "./format-rfc5424.ts";
import type { SyslogMessage } from "./syslog-message.ts";

const NOTHING: SyslogMessage = { facility: 16, severity: 6, timeMs: null };

test.each(vectors)("$name", ({ message, line, utf8Bytes }) => {
  expect(formatRfc5424(message as unknown as SyslogMessage)).toBe(line);
  expect(Buffer.byteLength(line)).toBe(utf8Bytes);
});

test("a message is the rest of the line: no line break, no control character, no trim", () => {
  expect(formatRfc5424({ ...NOTHING, message: "  a\r\nb\nc\u2028d\0\x1b[0m\x7f\x85\t\ud800 \n" })).toBe(
    "<134>1 - - - - - -   a b c d\u2400\u241b[0m\u2421  \ufffd  ",
  );
});

test("an empty message is a message", () => {
  expect(formatRfc5424({ ...NOTHING, message: "" })).toBe("<134>1 - - - - - - ");
  expect(formatRfc5424({ ...NOTHING, message: "", bom: true })).toBe("<134>1 - - - - - - \ufeff");
});

test("there is no byte order mark without a message", () => {
  expect(formatRfc5424({ ...NOTHING, bom: true })).toBe("<134>1 - - - - - -");
});

test.each([
  [24, 6, "<14>"],
  [-1, 6, "<14>"],
  [1.5, 6, "<14>"],
  [Number.NaN, 6, "<14>"],
  [16, 8, "<133>"],
  [16, -1, "<133>"],
  [Infinity, Number.NaN, "<13>"],
  [0, 0, "<0>"],
  [23, 7, "<191>"],
])("facility %d and severity %d are %s", (facility, severity, pri) => {
  expect(formatRfc5424({ facility, severity, timeMs: null })).toBe(`${pri}1 - - - - - -`);
});

test("a character of a header field that is not printable ASCII is one _, whatever its size", () => {
  expect(
    formatRfc5424({ ...NOTHING, hostname: "a\u{1f600}b", appName: "\ud800\n", procId: "1 2", msgId: "\u017c" }),
  ).toBe("<134>1 - a_b __ 1_2 _ -");
});

test("a header field is cut to characters after they are replaced", () => {
  expect(formatRfc5424({ ...NOTHING, msgId: "\u{1f600}".repeat(1000), procId: "p".repeat(1000) })).toBe(
    `<134>1 - - - ${"p".repeat(128)} ${"_".repeat(32)} -`,
  );
});
