import { expect, test } from "vitest";
import { findRegressions } from "./find-regressions.ts";

test("only what costs more than the margin allows is named, with all numbers", () => {
  const measured = { line: 3.21, path: 4, faster: 0.5, unknown: 100 };
  expect(findRegressions(measured, { line: 2, path: 2.5, faster: 2, gone: 1 }, 1.6)).toEqual([
    "line: 3.21 × JSON.stringify, was 2.00; allowed: 3.20",
  ]);
});
