import { expect, test } from "vitest";
import { createForwardProgress, type ProgressStats } from "./forward-progress.ts";

function stats(lastSeq: number, confirmedSeq: number, errors = 0): ProgressStats {
  return { lastSeq, confirmedSeq, errors, targets: [] };
}

test("a row is settled when its number is confirmed, whatever numbers the exporter's own events took", () => {
  const progress = createForwardProgress(0);
  progress.note(10, stats(10, 0));
  progress.note(20, stats(23, 0)); // a heartbeat, a loss report and an event of somebody else between them
  expect(progress.settle(stats(23, 9), 0)).toBeUndefined();
  expect(progress.settle(stats(23, 22), 0)).toBe(10);
  expect(progress.settle(stats(24, 23), 0)).toBe(20);
  expect(progress.settle(stats(24, 24), 0)).toBeUndefined();
});

test("a row is settled only after a time without a fault", () => {
  const progress = createForwardProgress(5000);
  progress.note(1, stats(1, 0));
  expect(progress.settle(stats(1, 1), 1000)).toBeUndefined();
  expect(progress.settle(stats(1, 1), 5999)).toBeUndefined();
  expect(progress.settle(stats(1, 1, 1), 6000)).toBeUndefined(); // the connection broke: it may be sent again
  expect(progress.settle(stats(1, 1, 1), 10_999)).toBeUndefined();
  expect(progress.settle(stats(1, 1, 1), 11_000)).toBe(1);
});

test("each row has a time of its own", () => {
  const progress = createForwardProgress(5000);
  progress.note(1, stats(1, 0));
  progress.settle(stats(1, 1), 0);
  progress.note(2, stats(2, 1));
  progress.settle(stats(2, 2), 3000);
  expect(progress.settle(stats(2, 2), 5000)).toBe(1);
  expect(progress.settle(stats(2, 2), 8000)).toBe(2);
});

test("with several destinations at once, each must have confirmed its own number", () => {
  const both = (first: number, second: number): ProgressStats => ({
    lastSeq: 9,
    confirmedSeq: Math.min(first, second),
    errors: 0,
    targets: [{ queue: { lastSeq: 9, confirmedSeq: first } }, { queue: { lastSeq: 4, confirmedSeq: second } }],
  });
  const progress = createForwardProgress(0);
  progress.note(7, both(0, 0));
  expect(progress.settle(both(9, 3), 0)).toBeUndefined();
  expect(progress.settle(both(8, 4), 0)).toBeUndefined();
  expect(progress.settle(both(9, 4), 0)).toBe(7);
});

test("with failover, the numbers are those of the one queue", () => {
  const progress = createForwardProgress(0);
  const shared = { targets: [{}, {}] };
  progress.note(7, { ...stats(7, 0), ...shared });
  expect(progress.settle({ ...stats(7, 6), ...shared }, 0)).toBeUndefined();
  expect(progress.settle({ ...stats(7, 7), ...shared }, 0)).toBe(7);
});

test("memory is bounded, and what is merged is settled with the last of it", () => {
  const progress = createForwardProgress(0);
  for (let seq = 1; seq <= 5000; seq++) progress.note(seq, stats(seq, 0));
  expect(progress.settle(stats(5000, 999), 0)).toBe(999);
  expect(progress.settle(stats(5000, 4999), 0)).toBeUndefined();
  expect(progress.settle(stats(5000, 5000), 0)).toBe(5000);
});
