import { expect, test } from "vitest";
import { createByteBudget } from "./create-byte-budget.ts";

test("what was set aside is there again once it is freed, and only once", () => {
  const budget = createByteBudget(10);
  const release = budget.reserve(6);
  expect(budget.reserve(5)).toBeUndefined();
  expect(budget.reserve(4)).toBeDefined();
  release?.();
  release?.();
  expect(budget.reserve(7)).toBeUndefined();
  expect(budget.reserve(6)).toBeDefined();
});
