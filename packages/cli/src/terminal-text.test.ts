import fc from "fast-check";
import { expect, test } from "vitest";
import { terminalText } from "./terminal-text.ts";

test.each([
  ["escape sequences are shown, not obeyed", "\u001b[2Jcleared\u009b31m", "\u241b[2Jcleared\ufffd31m"],
  ["line breaks are spaces", "a\r\nb\nc\u2028d", "a b c d"],
  ["bidi controls are replaced", "\u202etxt.exe", "\ufffdtxt.exe"],
  ["a record stays as it came", "CEF:0|a|b  ", "CEF:0|a|b  "],
])("%s", (_name, value, expected) => {
  expect(terminalText(value)).toBe(expected);
});

test("a long text is cut on a code point, and says so", () => {
  expect(terminalText("😀😀😀😀", 3)).toBe("😀😀…");
});

test("property: nothing that a terminal obeys is left", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      expect(terminalText(value)).not.toMatch(
        /[\0-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
      );
    }),
    { seed: 20261123, numRuns: 500 },
  );
});
