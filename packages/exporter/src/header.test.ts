import { parseCef } from "@clawmetry/siem-cef";
import { parseSyslog } from "@clawmetry/siem-syslog";
import { hostileEvent, hostileText, PROPERTY_SEED } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatSyslogLine, type SyslogLineOptions } from "./format-syslog-line.ts";

const nowMs = 1767323045678; // 2026-01-02T03:04:05.678Z
const NOW = "2026-01-02T03:04:05.678Z";
const GRAMMAR =
  /^<(?:[1-9]?\d|1[0-8]\d|19[01])>1 (?<time>-|\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z) (?<hostname>[\x21-\x7e]{1,255}) (?<appName>[\x21-\x7e]{1,48}) (?<procId>[\x21-\x7e]{1,128}) (?<msgId>[\x21-\x7e]{1,32}) - (?<message>CEF:0\|.*)$/su;

interface Header {
  readonly time: string;
  readonly hostname: string;
  readonly appName: string;
  readonly procId: string;
  readonly msgId: string;
  readonly message: string;
}

/** The fields of a line as the grammar of RFC 5424 §6 tells them apart, without the reader of this repository. */
function headerOf(line: string): Header {
  const fields = GRAMMAR.exec(line)?.groups;
  if (fields === undefined) throw new Error(`not a line of RFC 5424: ${JSON.stringify(line)}`);
  const { time = "", hostname = "", appName = "", procId = "", msgId = "", message = "" } = fields;
  return { time, hostname, appName, procId, msgId, message };
}

// The same instant in both places, since receivers choose between the two; without a time both say so.
function expectOneInstant({ time, message }: Header): void {
  const { rt } = parseCef(message).extensions;
  if (time === "-") {
    expect(rt).toBeUndefined();
    return;
  }
  expect(rt).toMatch(/^\d+$/);
  expect(new Date(Number(rt)).toISOString()).toBe(time);
}

const text = fc.oneof(
  hostileText(),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.constantFrom("", "-", " ", "gw01.example.net", "h".repeat(256), "\u{1f600}".repeat(256), "\ud800".repeat(129)),
);
const numbers = fc.oneof(fc.double(), fc.integer(), fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }));
const digits = fc.stringMatching(/^[+-]?[0-9]{1,25}(?:\.[0-9]{0,12})?$/);
const dateTime = fc
  .tuple(fc.stringMatching(/^[0-9]{4,5}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-6][0-9]$/), fc.nat(), text)
  .map(([seconds, fraction, zone]) => `${seconds}.${fraction}${zone}`);
const realDateTime = fc
  .tuple(fc.date({ noInvalidDate: true }), fc.constantFrom("Z", "z", "", "+05:30", "-2359", "+14", "+99:00"))
  .map(([date, zone]) => date.toISOString().slice(0, -1) + zone);
const time: fc.Arbitrary<unknown> = fc.oneof(text, numbers, digits, dateTime, realDateTime, fc.date(), fc.anything());
const receipt = fc.oneof(fc.constant(nowMs), fc.constant(undefined), fc.double());

test("whatever the host name, application, process, event type and time are, the header is one by the grammar", () => {
  const options = fc.record({ hostname: text, appName: text, procId: text, nowMs: receipt });
  fc.assert(
    fc.property(hostileEvent(), text, time, options, (event, event_type, ts, place) => {
      const line = formatSyslogLine({ ...event, event_type, ts } as Parameters<typeof formatSyslogLine>[0], place);
      const header = headerOf(line);
      expectOneInstant(header);
      const parsed = parseSyslog(line);
      expect(parsed.timeMs).toBe(header.time === "-" ? null : Date.parse(header.time));
      for (const name of ["hostname", "appName", "procId", "msgId"] as const) {
        expect(parsed[name] ?? "-").toBe(header[name]);
      }
    }),
    { seed: PROPERTY_SEED, numRuns: 3000 },
  );
});

test("with a time of receipt no event is without a time, and rt is milliseconds since 1970", () => {
  fc.assert(
    fc.property(time, (ts) => {
      const { time: written, message } = headerOf(formatSyslogLine({ ts } as { readonly ts: string }, { nowMs }));
      expect(written).toMatch(/Z$/);
      expect(parseCef(message).extensions.rt).toBe(String(Date.parse(written)));
      expect(Date.parse(written)).toBeGreaterThanOrEqual(0);
      expect(Date.parse(written)).toBeLessThanOrEqual(nowMs + 86_400_000);
    }),
    { seed: PROPERTY_SEED, numRuns: 3000 },
  );
});

test("every format and header is one line that is read back, whatever stands in its header", () => {
  const options: fc.Arbitrary<SyslogLineOptions> = fc.record({
    hostname: text,
    appName: text,
    procId: text,
    facility: fc.oneof(fc.integer({ min: 0, max: 23 }), fc.double()),
    format: fc.constantFrom("cef", "json"),
    syslog: fc.constantFrom("rfc5424", "rfc3164"),
  });
  fc.assert(
    fc.property(text, time, options, (event_type, ts, place) => {
      const line = formatSyslogLine({ event_type, ts } as { readonly ts: string }, place);
      expect(line).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029]/);
      expect(parseSyslog(line, { nowMs }).message).toMatch(/^(?:CEF:0\|.*|\{.*\})$/);
    }),
    { seed: PROPERTY_SEED, numRuns: 2000 },
  );
});

test.each([
  ["ISO text", "2026-01-02T03:04:05.678Z", NOW],
  ["ISO text without zone, which is UTC", "2026-01-02T03:04:05.678", NOW],
  ["ISO text with a space and a comma", "2026-01-02 03:04:05,678", NOW],
  ["ISO text in lower case", "2026-01-02t03:04:05.678z", NOW],
  ["an offset", "2026-01-02T08:34:05.678+05:30", NOW],
  ["an offset without colon", "2026-01-01T22:04:05.678-0500", NOW],
  ["a date", "2026-01-02", "2026-01-02T00:00:00.000Z"],
  ["no seconds", "2026-01-02T03:04Z", "2026-01-02T03:04:00.000Z"],
  ["one fraction digit", "2026-01-02T03:04:05.6Z", "2026-01-02T03:04:05.600Z"],
  ["nine fraction digits, cut", "2026-01-02T03:04:05.678999999Z", NOW],
  ["a leap second, the last millisecond before it", "2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999Z"],
  ["29 February", "2024-02-29T12:00:00Z", "2024-02-29T12:00:00.000Z"],
  ["seconds", 1767323045, "2026-01-02T03:04:05.000Z"],
  ["seconds with a fraction", 1767323045.678, NOW],
  ["seconds as text", "1767323045.678", NOW],
  ["milliseconds", 1767323045678, NOW],
  ["milliseconds with a fraction", 1767323045678.4, NOW],
  ["milliseconds as text", "1767323045678", NOW],
  ["milliseconds as a bigint", 1767323045678n, NOW],
  ["a Date", new Date(nowMs), NOW],
  ["0", 0, "1970-01-01T00:00:00.000Z"],
  ["-0", -0, "1970-01-01T00:00:00.000Z"],
  ["1970 by an offset", "1969-12-31T23:00:00-01:00", "1970-01-01T00:00:00.000Z"],
  ["the last millisecond", "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  ["the last millisecond as a number", 253402300799999, "9999-12-31T23:59:59.999Z"],
])("TIMESTAMP and rt of %s", (_name, ts, written) => {
  const header = headerOf(formatSyslogLine({ ts } as { readonly ts: string }));
  expect(header.time).toBe(written);
  expectOneInstant(header);
});

test.each([
  ["year 0", "0000-01-01T00:00:00Z"],
  ["year 70", "0070-01-01T00:00:00Z"],
  ["the millisecond before 1970", "1969-12-31T23:59:59.999Z"],
  ["year 10000", "10000-01-01T00:00:00Z"],
  ["year 10000 as ECMAScript writes it", "+010000-01-01T00:00:00.000Z"],
  ["year 10000 by an offset", "9999-12-31T23:59:59-00:01"],
  ["year 10000 as a number", 253402300800000],
  ["a negative number", -1],
  ["a number beyond every date", 8.64e15 + 1],
  ["1e21, which prints with an exponent", 1e21],
  ["a bigint beyond every number", 10n ** 400n],
  ["NaN", Number.NaN],
  ["infinity", Infinity],
  ["a Date of no time", new Date(Number.NaN)],
  ["a Date of year 10000", new Date(253402300800000)],
  ["a Date before 1970", new Date(-1)],
  ["month 13", "2026-13-01T00:00:00Z"],
  ["30 February", "2026-02-30T00:00:00Z"],
  ["hour 24", "2026-01-02T24:00:00Z"],
  ["second 61", "2026-01-02T03:04:61Z"],
  ["an offset of 24 hours", "2026-01-02T03:04:05+24:00"],
  ["the time of another format", "Fri, 02 Jan 2026 03:04:05 GMT"],
  ["digits of another script", "\u0662\u0660\u0662\u0666-01-02"],
  ["a time and a line feed and a record", "2026-01-02T03:04:05Z\n<134>1 - - - - - -"],
  ["rubbish", "\ud800\0 rubbish"],
  ["an empty text", ""],
  ["nothing", undefined],
  ["null", null],
  ["true", true],
  ["an object", { valueOf: () => 1767323045678 }],
])("%s is no time: the nil value without rt, or the time of receipt", (_name, ts) => {
  const event = { ts } as { readonly ts: string };
  const header = headerOf(formatSyslogLine(event));
  expect(header.time).toBe("-");
  expectOneInstant(header);
  const received = headerOf(formatSyslogLine(event, { nowMs }));
  expect(received.time).toBe(NOW);
  expect(parseCef(received.message).extensions.rt).toBe("1767323045678");
});

test.each([
  ["", "-"],
  ["gw01.example.net", "gw01.example.net"],
  ["two words", "two_words"],
  ["a\nb\0c", "a_b_c"],
  ["zażółć", "za____"],
  ["\u{1f600}\ud800x", "__x"],
  ["h".repeat(256), "h".repeat(255)],
  ["\u{1f600}".repeat(300), "_".repeat(255)],
])("host name %j is written %j", (hostname, written) => {
  expect(headerOf(formatSyslogLine({}, { hostname })).hostname).toBe(written);
});

test("names and process ids are cut to the lengths of the grammar", () => {
  const long = "x y".repeat(100);
  const { appName, procId } = headerOf(formatSyslogLine({}, { appName: long, procId: long }));
  expect(appName).toBe("x_y".repeat(16));
  expect(procId).toBe(`${"x_y".repeat(42)}x_`);
});

test.each([
  "tool.call",
  "tool_use",
  "x".repeat(300),
  "a b\n",
  "",
  "__proto__",
  "constructor",
  "siem.heartbeat",
  "\ud800",
])("event type %j makes an MSGID of the mapping", (event_type) => {
  const msgId = event_type.startsWith("tool") ? "tool.call" : "unmapped";
  expect(headerOf(formatSyslogLine({ event_type })).msgId).toBe(msgId);
});
