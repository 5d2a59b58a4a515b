import { expect, test } from "vitest";
import { judgeTargets } from "./judge-targets.ts";

const machine = { node: "20.0.0", cores: 2, memoryGiB: 1 };
const tcp = {
  title: "End to end, TCP",
  about: "",
  columns: ["sender", "events/s", "CPU µs/event", "× JSON.stringify"],
  rows: [
    ["exporter, CEF", 300_000, 3, 2.5],
    ["winston", 30_000, 30, 20],
    ["pino", 120_000, 8, 5],
  ] as const,
};

test("a target is met up to its limit, and the fastest peer is what counts", () => {
  const { rows } = judgeTargets({ ...machine, reports: [tcp] });
  expect(rows.slice(0, 4)).toEqual([
    [expect.stringContaining("whole path"), "≤ 2.5", 2.5, "met"],
    [expect.stringContaining("share of a core"), "≥ 0.8", 0.9, "met"],
    [expect.stringContaining("fastest peer"), "≥ 3", 2.5, "**not met**"],
    [expect.stringContaining("winston"), "≥ 5", 10, "met"],
  ]);
});

test("what was not measured is not met", () => {
  const { rows } = judgeTargets({ ...machine, reports: [] });
  expect(rows.map((row) => row[2])).toEqual(rows.map(() => null));
  expect(rows.map((row) => row[3])).toEqual(rows.map(() => "**not met**"));
});
