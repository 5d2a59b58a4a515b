import { fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { type Report, toMarkdown } from "./report.ts";

const ENDING = ".bench.js";
const TIMEOUT_MS = 120_000;

/**
 * Runs the benchmarks whose names begin with one of `wanted`, or all, one after the other and each in a process of its own.
 * Prints their tables, writes all figures as JSON to `jsonPath`, and gives the exit code: 1 when one failed or took longer
 * than 120 s, 2 when there is none of that name.
 */
export async function runBenchmarks(wanted: readonly string[], jsonPath: string | undefined): Promise<number> {
  const known = readdirSync(fileURLToPath(new URL(".", import.meta.url)))
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .sort();
  const stranger = wanted.find((start) => !known.some((name) => name.startsWith(start)));
  if (stranger !== undefined) {
    console.error(`there is no benchmark ${stranger}; there are ${known.join(", ")}`);
    return 2;
  }
  const names = wanted.length === 0 ? known : known.filter((name) => wanted.some((start) => name.startsWith(start)));
  const machine = {
    node: process.versions.node,
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
  };
  console.log(`Node ${machine.node}, ${machine.cores} cores, ${machine.memoryGiB} GiB\n`);
  const reports: Report[] = [];
  const failed: string[] = [];
  for (const name of names) {
    if (!(await runOne(name, reports))) failed.push(name);
  }
  if (jsonPath !== undefined) writeFileSync(jsonPath, `${JSON.stringify({ ...machine, reports }, null, 2)}\n`);
  if (failed.length > 0) console.error(`failed: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}

async function runOne(name: string, reports: Report[]): Promise<boolean> {
  const path = fileURLToPath(new URL(`${name}${ENDING}`, import.meta.url));
  const child = fork(path, { execArgv: ["--expose-gc"], timeout: TIMEOUT_MS, killSignal: "SIGKILL" });
  child.on("message", (report: Report) => {
    reports.push(report);
    console.log(toMarkdown(report));
  });
  await once(child, "close");
  return child.exitCode === 0;
}
