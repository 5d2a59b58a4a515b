import fc from "fast-check";
import { expect, test } from "vitest";
import truncation from "../testdata/truncation.json" with { type: "json" };
import { truncateBytes, truncateCodePoints, truncateMiddle, utf8Length } from "./truncate.ts";

test.each(truncation)("truncateBytes: $name", ({ input, maxBytes, expected, bytes }) => {
  expect(truncateBytes(input, maxBytes)).toBe(expected);
  expect(utf8Length(expected)).toBe(bytes);
});

test("truncateBytes keeps whole code points within the bytes, and as many as fit", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(40), (value, maxBytes) => {
      const cut = truncateBytes(value, maxBytes);
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(maxBytes);
      if (Buffer.byteLength(value) <= maxBytes) expect(cut).toBe(value);
      else if (maxBytes >= 3) expect(cut.endsWith("\u2026")).toBe(true);
      expect(value.startsWith(cut.replace(/\u2026$/u, ""))).toBe(true);
      expect(cut.isWellFormed()).toBe(true);
    }),
    { seed: 20261123, numRuns: 5000 },
  );
});

test.each([
  ["abcdef", 6, "abcdef"],
  ["abcdef", 4, "abc\u2026"],
  ["abc   def", 6, "abc\u2026"],
  ["abcdef", 1, "\u2026"],
  ["\u{1f600}\u{1f600}\u{1f600}", 3, "\u{1f600}\u{1f600}\u{1f600}"],
  ["\u{1f600}\u{1f600}\u{1f600}", 2, "\u{1f600}\u2026"],
])("truncateCodePoints: %s to %i", (value, max, expected) => {
  expect(truncateCodePoints(value, max)).toBe(expected);
});

test("truncateMiddle keeps the first 715 and the last 307 of 1023", () => {
  const cut = truncateMiddle("a".repeat(5000) + "b".repeat(5000), 1023);
  expect(cut).toBe(`${"a".repeat(715)}\u2026${"b".repeat(307)}`);
});

test("truncateMiddle cuts on code points", () => {
  expect(truncateMiddle("\u{1f600}".repeat(20), 11)).toBe(`${"\u{1f600}".repeat(7)}\u2026${"\u{1f600}".repeat(3)}`);
  expect(truncateMiddle("abcdefghijk", 11)).toBe("abcdefghijk");
});

test("utf8Length counts the bytes that UTF-8 takes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      expect(utf8Length(value)).toBe(Buffer.byteLength(value));
    }),
    { seed: 20261123, numRuns: 2000 },
  );
  expect(utf8Length("a\ud800b\udc00")).toBe(8);
});
