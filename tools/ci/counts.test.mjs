import { expect, test } from "vitest";
import { countTasks, countTests } from "./counts.mjs";

test("a green run counts its tests", () => {
  expect(countTests({ numTotalTests: 12, numPassedTests: 12, success: true })).toEqual({ passed: 12, failed: 0 });
});

test("failed and skipped tests count as failed", () => {
  expect(countTests({ numTotalTests: 12, numPassedTests: 9, success: false })).toEqual({ passed: 9, failed: 3 });
});

test("a file that cannot be loaded is a failure, though no test of it failed", () => {
  expect(countTests({ numTotalTests: 12, numPassedTests: 12, success: false })).toEqual({ passed: 12, failed: 1 });
});

test("a run without tests is a failure", () => {
  expect(countTests({ numTotalTests: 0, numPassedTests: 0, success: true })).toEqual({ passed: 0, failed: 1 });
});

test("tasks that failed or never ran count as failed", () => {
  const tasks = [{ execution: { exitCode: 0 } }, { execution: { exitCode: 2 } }, {}];
  expect(countTasks({ tasks })).toEqual({ passed: 1, failed: 2 });
});
