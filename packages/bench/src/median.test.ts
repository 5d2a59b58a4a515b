import { expect, test } from "vitest";
import { median } from "./median.ts";

test("the median is the value in the middle, whatever the order", () => {
  expect(median([5, 1, 100])).toBe(5);
});

test("of an even number of values it is the greater of the two in the middle", () => {
  expect(median([4, 1, 3, 2])).toBe(3);
});

test("of nothing it is NaN, which no comparison lets pass", () => {
  expect(median([])).toBeNaN();
});
