import { expect, test } from "vitest";
import { createRelpBatch } from "./relp-batch.ts";

test("as many messages are taken as the window has room for, and more when some are answered", () => {
  const batch = createRelpBatch(["a", "b", "c", "d"], 2);
  expect(batch.take(100)).toEqual(["a", "b"]);
  expect(batch.take(100)).toEqual([]);
  expect(batch.answer(1, true)).toBe(true);
  expect(batch.take(100)).toEqual(["c"]);
  expect(batch.answer(0, true)).toBe(true);
  expect(batch.take(100)).toEqual(["d"]);
  expect(batch.take(100)).toEqual([]);
});

test("as many are taken as fit into a piece, but at least one", () => {
  const batch = createRelpBatch(["long", "a", "b", "c", "long"], 10);
  expect(batch.take(2)).toEqual(["long"]);
  expect(batch.take(2)).toEqual(["a", "b"]);
  expect(batch.take(2)).toEqual(["c"]);
  expect(batch.take(2)).toEqual(["long"]);
});

test("delivered is what was answered from the start without a hole", () => {
  const batch = createRelpBatch(["a", "b", "c", "d"], 10);
  batch.take(100);
  batch.answer(2, false);
  expect([batch.delivered, batch.refused(), batch.complete]).toEqual([0, [], false]);
  batch.answer(0, false);
  expect([batch.delivered, batch.refused()]).toEqual([1, [0]]);
  batch.answer(1, true);
  expect([batch.delivered, batch.refused()]).toEqual([3, [0, 2]]);
  batch.answer(3, true);
  expect([batch.delivered, batch.refused(), batch.complete]).toEqual([4, [0, 2], true]);
});

test("only a message under way can be answered, once: the first answer counts", () => {
  const batch = createRelpBatch(["a", "b"], 1);
  expect(batch.answer(0, true)).toBe(false);
  batch.take(100);
  expect(batch.answer(1, true)).toBe(false);
  expect(batch.answer(0, true)).toBe(true);
  expect(batch.answer(0, false)).toBe(false);
  expect([batch.delivered, batch.refused()]).toEqual([1, []]);
});
