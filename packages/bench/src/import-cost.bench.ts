import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { median } from "./median.ts";
import { publish, type ReportRow } from "./report.ts";

const ROUNDS = 11;
const run = promisify(execFile);

// The environment is empty, so the exporter is off; the event is there to build it if that were not so.
const MEASURE = `
const kib = () => { gc(); const { heapUsed, external } = process.memoryUsage(); return (heapUsed + external) / 1024; };
const before = kib();
const start = performance.now();
const cpu = process.cpuUsage();
%
const { user, system } = process.cpuUsage(cpu);
const ms = performance.now() - start;
console.log(JSON.stringify([ms, (user + system) / 1000, kib() - before]));`;

const SUBJECTS: Readonly<Record<string, string>> = {
  nothing: "",
  "node:net and node:tls": 'await import("node:net"); await import("node:tls");',
  "@clawmetry/siem-exporter, off":
    'const { forwardEvent } = await import("@clawmetry/siem-exporter"); forwardEvent({});',
  "@clawmetry/siem-cef": 'await import("@clawmetry/siem-cef");',
};

async function measureImport(code: string): Promise<readonly number[]> {
  const args = ["--expose-gc", "--input-type=module", "-e", MEASURE.replace("%", code)];
  const { stdout } = await run(process.execPath, args, { env: {}, cwd: fileURLToPath(new URL(".", import.meta.url)) });
  return JSON.parse(stdout) as readonly number[];
}

const rounds: ReadonlyMap<string, readonly number[]>[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const figures = new Map<string, readonly number[]>();
  for (const [name, code] of Object.entries(SUBJECTS)) figures.set(name, await measureImport(code));
  rounds.push(figures);
}

publish({
  title: "Cost of the import",
  about: `Each in a new process, medians of ${ROUNDS} rounds; memory is heap and buffers after a collection.`,
  columns: ["import", "ms", "CPU ms", "KiB"],
  rows: Object.keys(SUBJECTS).map((name): ReportRow => {
    const at = (index: number): number => median(rounds.map((figures) => figures.get(name)?.[index] ?? NaN));
    return [name, at(0), at(1), at(2)];
  }),
});
