import { expect, test } from "vitest";
import { createWaiters } from "./create-waiters.ts";

test("a condition that holds already needs no change", async () => {
  await createWaiters().waitFor(() => true);
});

test("a wait ends with the change that makes its condition hold", async () => {
  const { waitFor, changed } = createWaiters();
  let count = 0;
  const ends: number[] = [];
  const waits = [1, 2].map((wanted) => waitFor(() => count >= wanted).then(() => ends.push(wanted)));
  changed();
  count = 1;
  changed();
  await waits[0];
  expect(ends).toEqual([1]);
  count = 2;
  changed();
  await Promise.all(waits);
  expect(ends).toEqual([1, 2]);
});

test("an abandoned wait is told", async () => {
  const { waitFor, abandon } = createWaiters();
  const waiting = waitFor(() => false);
  abandon();
  await expect(waiting).rejects.toThrow("closed before the awaited state came");
});
