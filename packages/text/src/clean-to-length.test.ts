import { expect, test } from "vitest";
import { cleanToLength } from "./clean-to-length.ts";

test.each([
  [" a\tb ", 10, "a b"],
  ["abcdefghij", 5, "abcd\u2026"],
  ["\r\n".repeat(4) + "abcdefghij", 5, "abcd\u2026"],
  ["x".repeat(1_000_000), 5, "xxxx\u2026"],
  ["abc" + " ".repeat(1_000_000) + "d", 5, "abc\u2026"],
])("cuts the end of %j at %i", (value, max, expected) => {
  expect(cleanToLength(value, max)).toBe(expected);
});

test("cuts out of the middle what is too long to be looked at", () => {
  const value = `rm -rf / ${"#".repeat(50_000_000)} && echo done`;
  expect(cleanToLength(value, 21, "middle")).toBe("rm -rf / #####\u2026o done");
});
