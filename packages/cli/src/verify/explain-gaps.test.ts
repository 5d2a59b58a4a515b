import { expect, test } from "vitest";
import { explainGaps } from "./explain-gaps.ts";

test.each([
  ["nothing is missing", [], [[5, 1, 9]], { explained: 0, unexplained: 0, gaps: [] }],
  ["no report", [[3, 5]], [], { explained: 0, unexplained: 3, gaps: [{ from: 3, to: 5, missing: 3 }] }],
  ["a report of all", [[3, 5]], [[3, 3, 5]], { explained: 3, unexplained: 0, gaps: [] }],
  ["a report of more than is missing", [[3, 5]], [[9, 1, 20]], { explained: 3, unexplained: 0, gaps: [] }],
  [
    "a report of fewer than are missing in its range",
    [
      [3, 5],
      [8, 8],
    ],
    [[3, 3, 8]],
    { explained: 3, unexplained: 1, gaps: [{ from: 3, to: 8, missing: 1 }] },
  ],
  [
    "numbers on both sides of a report",
    [[1, 9]],
    [[3, 4, 6]],
    {
      explained: 3,
      unexplained: 6,
      gaps: [
        { from: 1, to: 3, missing: 3 },
        { from: 7, to: 9, missing: 3 },
      ],
    },
  ],
  [
    "reports whose ranges overlap",
    [[1, 9]],
    [
      [4, 5, 9],
      [5, 1, 6],
    ],
    { explained: 9, unexplained: 0, gaps: [] },
  ],
  [
    "two reports and a gap after them",
    [
      [2, 3],
      [5, 6],
      [100, 100],
    ],
    [
      [2, 2, 3],
      [1, 5, 6],
    ],
    {
      explained: 3,
      unexplained: 2,
      gaps: [
        { from: 5, to: 6, missing: 1 },
        { from: 100, to: 100, missing: 1 },
      ],
    },
  ],
] as const)("gaps are explained as far as reports tell: %s", (_name, missing, reports, expected) => {
  const ranges = missing.map(([from, to]) => ({ from, to }));
  const told = reports.map(([count, from, to]) => ({ count, from, to }));
  expect(explainGaps(ranges, told)).toEqual(expected);
});

test("a range of numbers that nobody could write costs nothing", () => {
  const last = Number.MAX_SAFE_INTEGER;
  expect(explainGaps([{ from: 2, to: last }], [{ count: 1, from: 1, to: last }])).toEqual({
    explained: 1,
    unexplained: last - 2,
    gaps: [{ from: 2, to: last, missing: last - 2 }],
  });
});
