// Reads a report and prints "PASSED FAILED": node .ci/count.mjs tests|tasks FILE
// A test that was skipped and a task that never ran count as failed: neither has shown anything.
import { readFileSync } from "node:fs";

const [kind, path] = process.argv.slice(2);
const report = JSON.parse(readFileSync(path, "utf8"));

function countTests({ numPassedTests, numTotalTests, success }) {
  const failed = numTotalTests - numPassedTests;
  // A file that could not be loaded has no tests, and neither has a run that found no file.
  return [numPassedTests, failed === 0 && (!success || numTotalTests === 0) ? 1 : failed];
}

function countTasks({ tasks }) {
  const passed = tasks.filter(({ execution }) => execution?.exitCode === 0).length;
  return [passed, tasks.length - passed];
}

console.log((kind === "tests" ? countTests(report) : countTasks(report)).join(" "));
