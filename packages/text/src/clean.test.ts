import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanControls, cleanText, trimText } from "./clean.ts";

test.each([
  ["plain text", "hello world", "hello world"],
  ["line feeds, which stay", "a\nb", "a\nb"],
  ["every other line break", "a\r\nb\rc\vd\fe\u0085f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"],
  ["a tab", "a\tb", "a b"],
  ["NUL and ESC", "\0a\u001b[31m", "\u2400a\u241b[31m"],
  ["DEL", "a\u007fb", "a\u2421b"],
  ["C1 controls", "a\u009bb\u0080", "a\ufffdb\ufffd"],
  ["bidi controls", "a\u202eb\u2066c\u061cd\u200ee", "a\ufffdb\ufffdc\ufffdd\ufffde"],
  ["a BOM", "\ufeffa", "\ufffda"],
  ["lone surrogates", "a\ud83d \ude00b", "a\ufffd \ufffdb"],
  ["a pair", "\ud83d\ude00", "\ud83d\ude00"],
  ["ZWJ, which stays", "a\u200db", "a\u200db"],
  ["a CEF marker", "x CEF:0|a cef:1 xCEF:9", "x CEF[:]0|a cef[:]1 xCEF[:]9"],
  ["a LEEF marker", "LEEF:2.0|", "LEEF[:]2.0|"],
  ["CEF: before no digit", "CEF: CEF:x", "CEF: CEF:x"],
  ["blanks at the ends", " \n\t a b \r\n ", "a b"],
  ["nothing but blanks", " \r\n\t ", ""],
])("cleanText makes safe: %s", (_name, value, clean) => {
  expect(cleanText(value)).toBe(clean);
});

test("cleanControls keeps spaces, markers and bidi controls", () => {
  expect(cleanControls(" \ta\u202e CEF:0 \r\n")).toBe("  a\u202e CEF:0 \n");
});

test("trimText takes spaces and line feeds only", () => {
  expect(trimText("\n  \u00a0a\tb \n")).toBe("\u00a0a\tb");
});

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom("\0", "\t", "\n", "\r", "\u001b", "\u007f", "\u0085", "\u009f", "\u2028", "\u202e", "\ufeff"),
    fc.constantFrom("\ud800", "\udc00", "CEF:", "LEEF:", "0", " ", "\u{1f600}"),
    fc.string({ unit: "binary", maxLength: 3 }),
  ),
});

test("cleanText leaves nothing unsafe, and nothing to do for a second time", () => {
  fc.assert(
    fc.property(hostile, (value) => {
      const clean = cleanText(value);
      expect(clean.isWellFormed()).toBe(true);
      expect(clean).not.toMatch(
        /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/,
      );
      expect(clean).not.toMatch(/(?:CEF|LEEF):\d|^[ \n]|[ \n]$/i);
      expect(cleanText(clean)).toBe(clean);
    }),
    { seed: 20261123, numRuns: 5000 },
  );
});
