import { expect, test } from "vitest";
import { measure } from "./measure.ts";

test("each subject has its medians per item, and its ratio to the first", () => {
  let cpu = 0;
  let wall = 0;
  let calls = 0;
  const spend = (cpuUs: number, wallUs: number) => () => {
    calls++;
    // The first call of all takes long, as the first calls of a program do.
    cpu += calls === 1 ? 1_000_000 : cpuUs;
    wall += wallUs;
  };
  const subjects = [
    { name: "one", run: spend(2, 4) },
    { name: "other", run: spend(5, 6) },
  ];
  const clocks = { cpuUs: () => cpu, wallUs: () => wall };
  expect(measure(subjects, ["a", "b", "c"], { rounds: 5, warmUpRounds: 1, repeats: 2, ...clocks })).toEqual([
    { name: "one", cpuUs: 2, wallUs: 4, ratio: 1 },
    { name: "other", cpuUs: 5, wallUs: 6, ratio: 2.5 },
  ]);
  expect(calls).toBe(2 * 6 * 6);
});
