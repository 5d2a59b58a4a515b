import { expect, test } from "vitest";
import { distribution } from "./distribution.ts";

test("percentiles are samples, by the nearest rank, in microseconds", () => {
  const samples = Float64Array.from({ length: 1000 }, (_, index) => (1000 - index) * 1000);
  expect(distribution(samples)).toEqual({ p50: 500, p99: 990, p999: 999, max: 1000 });
});
