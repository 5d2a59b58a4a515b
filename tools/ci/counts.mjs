// A test that was skipped and a task that never ran count as failed: neither has shown anything.

/** Counts vitest's JSON report: `{ passed, failed }`. */
export function countTests({ numPassedTests, numTotalTests, success }) {
  const failed = numTotalTests - numPassedTests;
  // A file that could not be loaded has no tests, and neither has a run that found no file.
  const silent = failed === 0 && (!success || numTotalTests === 0);
  return { passed: numPassedTests, failed: silent ? 1 : failed };
}

/** Counts the tasks of turbo's run summary: `{ passed, failed }`. */
export function countTasks({ tasks }) {
  const passed = tasks.filter(({ execution }) => execution?.exitCode === 0).length;
  return { passed, failed: tasks.length - passed };
}
