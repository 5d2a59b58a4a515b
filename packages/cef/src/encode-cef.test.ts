import { cleanText } from "@clawmetry/siem-text";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type CefMessage } from "./cef-message.ts";
import { encodeCef } from "./encode-cef.ts";
import { parseCef } from "./parse-cef.ts";

const message: CefMessage = {
  deviceVendor: "V",
  deviceProduct: "P",
  deviceVersion: "1",
  signatureId: 100,
  name: "N",
  severity: 5,
  extensions: {},
};

test.each([
  [5.4, "5"],
  [-1, "0"],
  [11, "10"],
  [NaN, "0"],
  [Infinity, "10"],
])("a severity of %d is written as %s", (severity, written) => {
  expect(encodeCef({ ...message, severity })).toBe(`CEF:0|V|P|1|100|N|${written}|`);
});

test("a caller without types loses nothing but what is missing", () => {
  const untyped = { deviceVendor: 5, severity: "High", extensions: { a: null, b: 1 } } as unknown as CefMessage;
  expect(encodeCef(untyped)).toBe("CEF:0|5|unknown|unknown|unknown|unknown|7|b=1");
  expect(encodeCef({ severity: "high" } as unknown as CefMessage)).toBe(
    "CEF:0|unknown|unknown|unknown|unknown|unknown|0|",
  );
});

test("a header field that is empty gets a constant", () => {
  expect(encodeCef({ ...message, deviceVendor: "", name: ' " ' })).toBe("CEF:0|unknown|P|1|100|unknown|5|");
});

test("header fields are cut to their lengths", () => {
  const long = "x".repeat(2000);
  const line = encodeCef({ ...message, deviceVendor: long, deviceProduct: long, deviceVersion: long, name: long });
  const fields = line.split("|").map((field) => field.length);
  expect(fields).toEqual([5, 63, 63, 31, 3, 512, 1, 0]);
});

test("values are cut to the length of the dictionary, keys that it has not are not", () => {
  const long = "x".repeat(2000);
  const { extensions } = parseCef(encodeCef({ ...message, extensions: { act: long, externalId: long, Own: long } }));
  expect(extensions).toEqual({ act: `${"x".repeat(62)}…`, externalId: `${"x".repeat(39)}…`, Own: long });
});

test.each([
  [1e21, "1000000000000000000000"],
  [1.5e-7, "0.00000015"],
  [-1.25e22, "-12500000000000000000000"],
  [-0, "0"],
  [0.0123, "0.0123"],
])("the number %d is written as %s, without an exponent", (value, written) => {
  expect(encodeCef({ ...message, extensions: { cfp1: value } })).toBe(`CEF:0|V|P|1|100|N|5|cfp1=${written}`);
});

test("what has no value leaves its key out", () => {
  const extensions = { a: undefined, b: NaN, c: Infinity, d: "", e: false };
  expect(encodeCef({ ...message, extensions })).toBe("CEF:0|V|P|1|100|N|5|e=false");
});

test("keys hold letters and digits and begin with a letter; the first of two that become one stands", () => {
  const extensions = { "x-y z": "1", xyz: "2", "9a=b": "3", "---": "4", "a\nb": "5" };
  expect(encodeCef({ ...message, extensions })).toBe("CEF:0|V|P|1|100|N|5|xyz=1 ab=3");
});

test("newlines and equals signs can be written without an escape", () => {
  const extensions = { msg: "a=b\nc\\d", act: "x=" };
  expect(encodeCef({ ...message, extensions }, { newlines: "space", equals: "fullwidth" })).toBe(
    "CEF:0|V|P|1|100|N|5|msg=a\uff1db c\\\\d act=x\uff1d",
  );
  expect(encodeCef({ ...message, extensions }, { newlines: "space" })).toBe(
    "CEF:0|V|P|1|100|N|5|msg=a\\=b c\\\\d act=x\\=",
  );
});

const atoms = fc.constantFrom(
  "\n",
  "\r\n",
  "\0",
  "\t",
  "\u001b[31m",
  "\u0085",
  "\u2028",
  "\u202e",
  "\ufeff",
  "\ud800",
  "\udc00",
  "CEF:0|",
  "LEEF:2.0|",
  "<134>1 ",
  " a=b",
  "=",
  "\\",
  "|",
  '"',
  "]",
  "[",
  " ",
  "12 ",
  "é",
  "\u{1f600}",
);
const hostile = fc
  .array(fc.oneof(atoms, fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 12 })
  .map((parts) => parts.join(""));
const keys = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/);
const messages = fc.record({
  deviceVendor: hostile,
  deviceProduct: hostile,
  deviceVersion: hostile,
  signatureId: hostile,
  name: hostile,
  severity: fc.integer({ min: 0, max: 10 }),
  extensions: fc.dictionary(keys, hostile, { maxKeys: 5 }),
});
const runs = { seed: 20261123, numRuns: 5000 };

test("portable: one clean line that reads back as the cleaned input, with the keys that were encoded and no others", () => {
  fc.assert(
    fc.property(messages, (hostileMessage) => {
      const line = encodeCef(hostileMessage);
      expect(line).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/);
      expect(line.isWellFormed()).toBe(true);
      expect(line.slice(1)).not.toMatch(/(?:CEF|LEEF):\d/i);
      const expected = Object.entries(hostileMessage.extensions)
        .map(([key, value]) => [key, cleanText(value)] as const)
        .filter(([, value]) => value !== "");
      const parsed = parseCef(line);
      expect(Object.entries(parsed.extensions)).toEqual(expected);
      expect(encodeCef(parsed)).toBe(line);
    }),
    runs,
  );
});

test("spec: one line that reads back as the input", () => {
  fc.assert(
    fc.property(messages, (hostileMessage) => {
      const line = encodeCef(hostileMessage, { profile: "spec" });
      expect(line).not.toMatch(/[\r\n]/);
      const parsed = parseCef(line);
      const expected = Object.entries(hostileMessage.extensions).filter(([, value]) => value !== "");
      expect(Object.entries(parsed.extensions)).toEqual(expected.map(([key, value]) => [key, value.toWellFormed()]));
      expect(encodeCef(parsed, { profile: "spec" })).toBe(line);
    }),
    runs,
  );
});
