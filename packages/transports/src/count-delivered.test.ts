import { expect, test } from "vitest";
import { countDelivered } from "./count-delivered.ts";

// newline: 5 and 6 bytes; octet-counting: "4 <1>a" is 6, "5 <1>ü" is 7.
test.each([
  ["newline", 0, 0],
  ["newline", 4, 0],
  ["newline", 5, 1],
  ["newline", 10, 1],
  ["newline", 11, 2],
  ["octet-counting", 5, 0],
  ["octet-counting", 6, 1],
  ["octet-counting", 12, 1],
  ["octet-counting", 13, 2],
] as const)("under %s, %d confirmed bytes hold %d whole frames", (framing, confirmedBytes, count) => {
  expect(countDelivered(["<1>a", "<1>ü"], framing, confirmedBytes)).toBe(count);
});
