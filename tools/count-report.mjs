// Reads a report and prints "PASSED FAILED": node tools/count-report.mjs tests|tasks FILE
import { readFileSync } from "node:fs";
import { countTasks, countTests } from "./ci/counts.mjs";

const [kind, path] = process.argv.slice(2);
const report = JSON.parse(readFileSync(path, "utf8"));
const { passed, failed } = kind === "tests" ? countTests(report) : countTasks(report);
console.log(`${passed} ${failed}`);
