import { cleanControls, cleanText } from "@clawmetry/siem-text";
import fc from "fast-check";
import { expect, test } from "vitest";
import vectors from "../testdata/rfc5424.json" with { type: "json" };
import { formatRfc3164 } from "./format-rfc3164.ts";
import { formatRfc5424 } from "./format-rfc5424.ts";
import { parseSyslog } from "./parse-syslog.ts";
import type { StructuredDataElement, SyslogMessage } from "./syslog-message.ts";
import { SyslogSyntaxError } from "./syslog-syntax-error.ts";

const NOW_MS = 1767323045678;

const atom = fc.oneof(
  fc.constantFrom("\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\0", "\x1b[2J", "\t", "\x7f", "\x9f"),
  fc.constantFrom("\u202e", "\u2066", "\u200f", "\ufeff", "\ud800", "\udc00", "\u{1f600}", "\u00e9"),
  fc.constantFrom(
    '"',
    "\\",
    "]",
    "[",
    "=",
    "-",
    ":",
    " ",
    "  ",
    "<134>1 ",
    "23 ",
    "CEF:0|",
    "[1]: ",
    '"][x@1 k="',
    "a",
  ),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const hostile = fc.array(atom, { maxLength: 12 }).map((atoms) => atoms.join(""));
const structuredData: fc.Arbitrary<readonly StructuredDataElement[]> = fc.array(
  fc.tuple(hostile, fc.array(fc.tuple(hostile, hostile), { maxLength: 3 })),
  { maxLength: 3 },
);
const number = fc.oneof(fc.integer({ min: -2, max: 30 }), fc.double());
const time = fc.oneof(fc.constant(null), fc.double(), fc.integer({ min: -62167219200000, max: 253402300799999 }));
const anyMessage: fc.Arbitrary<SyslogMessage> = fc.record(
  {
    facility: number,
    severity: number,
    timeMs: time,
    hostname: hostile,
    appName: hostile,
    procId: hostile,
    msgId: hostile,
    structuredData,
    message: hostile,
    bom: fc.boolean(),
  },
  { requiredKeys: ["facility", "severity", "timeMs"] },
);

const UNSAFE = /[\0-\x1f\x7f-\x9f\u2028\u2029]/;

test("whatever a message holds, RFC 5424 is one clean line that reads back as what was cleaned", () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const line = formatRfc5424(message);
      expect(UNSAFE.test(line) || !line.isWellFormed()).toBe(false);
      const parsed = parseSyslog(line);
      expect(formatRfc5424(parsed)).toBe(line);
      expect(`${parsed.bom === true ? "\ufeff" : ""}${parsed.message ?? ""}`).toBe(written(message));
      const cleaned = valuesOf(message).map((value) => cleanText(value).replaceAll("\n", " "));
      expect(valuesOf(parsed).sort()).toEqual(cleaned.sort());
    }),
    { seed: 5424, numRuns: 10_000 },
  );
});

test("whatever a message holds, RFC 3164 is one clean line that reads back as what was cleaned", () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const line = formatRfc3164(message);
      expect(UNSAFE.test(line) || !line.isWellFormed()).toBe(false);
      const parsed = parseSyslog(line, { nowMs: NOW_MS });
      expect(formatRfc3164(parsed)).toBe(line);
      expect(parsed.message).toBe(
        message.message === undefined ? undefined : cleanControls(message.message).replaceAll("\n", " "),
      );
      expect(parsed.appName).toMatch(/^[A-Za-z0-9]{1,32}$/);
    }),
    { seed: 3164, numRuns: 10_000 },
  );
});

test("every message that a line can hold reads back as it was", () => {
  const name = fc.string({ unit: fc.constantFrom(...("ab.@-_/".match(/./g) ?? [])), minLength: 2, maxLength: 32 });
  const clean = fc.string({ unit: fc.constantFrom("a", "\u00e9", "\u{1f600}", '"', "\\", "]", "["), minLength: 1 });
  const exact: fc.Arbitrary<SyslogMessage> = fc.record(
    {
      facility: fc.integer({ min: 0, max: 23 }),
      severity: fc.integer({ min: 0, max: 7 }),
      timeMs: fc.option(fc.integer({ min: -62167219200000, max: 253402300799999 })),
      hostname: name,
      appName: name,
      procId: name,
      msgId: name,
      structuredData: fc.uniqueArray(fc.tuple(name, fc.array(fc.tuple(name, clean))), {
        minLength: 1,
        maxLength: 4,
        selector: ([id]) => id,
      }),
      message: clean,
    },
    { requiredKeys: ["facility", "severity", "timeMs"] },
  );
  fc.assert(
    fc.property(exact, (message) => {
      expect(parseSyslog(formatRfc5424(message))).toEqual(message);
    }),
    { seed: 42, numRuns: 5000 },
  );
});

test("a line that is damaged anywhere is read or refused with a position within it", () => {
  const lines = [...vectors.map(({ line }) => line), "<134>Jan  2 03:04:05 gw01 clawmetry[4711]: CEF:0|x"];
  const edit = fc.record({ at: fc.nat(400), cut: fc.nat(3), put: atom });
  fc.assert(
    fc.property(fc.constantFrom(...lines), fc.array(edit, { minLength: 1, maxLength: 3 }), (line, edits) => {
      let damaged = line;
      for (const { at, cut, put } of edits) {
        const offset = at % (damaged.length + 1);
        damaged = damaged.slice(0, offset) + put + damaged.slice(offset + cut);
      }
      expectReadOrRefused(damaged);
    }),
    { seed: 1, numRuns: 20_000 },
  );
});

test("any text at all is read or refused with a position within it", () => {
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ unit: "binary" })), fc.boolean(), (text, withPri) => {
      expectReadOrRefused(withPri ? `<134>1 - - - - - ${text}` : text);
    }),
    { seed: 2, numRuns: 20_000 },
  );
});

test("a million hostile characters are read in the time that a test has", () => {
  const elements = Array.from({ length: 100_000 }, (_, index) => `[${index} k="\\""]`);
  expectReadOrRefused(`<134>1 - - - - - ${elements.join("")}`);
  const pieces = ["[", "]", "\\", '"', " ", "a", "=", "<", "1", "[a]", ' a="\\"', '[a k="'];
  for (const piece of pieces) {
    for (const head of ["", "<134>1 - - - - - ", '<134>1 - - - - - [a k="', "<134>Jan  1 00:00:00 h "]) {
      expectReadOrRefused(head + piece.repeat(100_000));
    }
  }
});

function expectReadOrRefused(line: string): void {
  try {
    parseSyslog(line, { nowMs: NOW_MS });
  } catch (error) {
    if (!(error instanceof SyslogSyntaxError)) throw error;
    expect(error.position).toSatisfy((position: number) => position >= 0 && position <= line.length);
  }
}

function written(message: SyslogMessage): string {
  if (message.message === undefined) return "";
  return (message.bom === true ? "\ufeff" : "") + cleanControls(message.message).replaceAll("\n", " ");
}

// Elements of one SD-ID are joined, so only the values together are the same, in an order that depends on the names.
function valuesOf(message: SyslogMessage): string[] {
  return (message.structuredData ?? []).flatMap(([, params]) => params.map(([, value]) => value));
}
