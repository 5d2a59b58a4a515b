import { expect, test } from "vitest";
import { createTransactions } from "./transactions.ts";

test("numbers rise by one, after that of open", () => {
  const transactions = createTransactions();
  expect(transactions.next).toBe(2);
  expect([transactions.use(1), transactions.use(3), transactions.use(1)]).toEqual([2, 3, 6]);
  expect(transactions.next).toBe(7);
});

test("after 999999999 comes 1", () => {
  const transactions = createTransactions(999_999_997);
  expect(transactions.use(2)).toBe(999_999_998);
  expect(transactions.next).toBe(1);
  expect(transactions.use(1)).toBe(1);
  expect(createTransactions(999_999_997).use(5)).toBe(999_999_998);
});

test("only numbers that were used are known", () => {
  const transactions = createTransactions();
  transactions.use(3);
  expect([0, 1, 2, 4, 5, 6, 999_999_999].map(transactions.isUsed)).toEqual([
    false,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

test("after a whole round all numbers are known but the next", () => {
  const transactions = createTransactions(999_999_998);
  transactions.use(3);
  expect([999_999_998, 999_999_999, 1, 2, 3, 4].map(transactions.isUsed)).toEqual([
    true,
    true,
    true,
    true,
    false,
    true,
  ]);
});

test("the distance goes on after the last number", () => {
  const { distance } = createTransactions();
  expect([distance(5, 5), distance(5, 8), distance(999_999_999, 1), distance(5, 4)]).toEqual([0, 3, 1, 999_999_998]);
});
