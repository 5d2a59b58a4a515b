import { runBenchmarks } from "./run-benchmarks.ts";

process.exitCode = await runBenchmarks(process.argv.slice(2), process.env["BENCH_JSON"]);
