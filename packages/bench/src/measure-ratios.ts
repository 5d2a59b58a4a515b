import { type AgentEvent } from "@clawmetry/siem-events";
import { exporterLines } from "./exporter-lines.ts";
import { type Ratios } from "./find-regressions.ts";
import { measure, type Subject } from "./measure.ts";
import { median } from "./median.ts";
import { playRounds } from "./play-rounds.ts";
import { processClocks } from "./process-clocks.ts";
import { usualEvents } from "./usual-events.ts";

const ROUNDS = 9;
const PASSES = 300;
const config = { host: "127.0.0.1", hostname: "gw01.example.com", protocol: "tcp" } as const;

/** Measures what must not become slower, in CPU time and as multiples of JSON.stringify, in less than a minute. */
export async function measureRatios(): Promise<Ratios> {
  const [path] = await playRounds([{ sender: "exporter, CEF", route: "tcp", passes: PASSES }], ROUNDS);
  return {
    ...(await measureLines()),
    "whole path, CEF": median(path?.rounds.map(({ ratio }) => ratio) ?? []),
  };
}

async function measureLines(): Promise<Ratios> {
  const subjects: readonly Subject<AgentEvent>[] = [
    { name: "JSON.stringify", run: (event) => JSON.stringify(event) },
    { name: "line, CEF", run: await exporterLines({ ...config, format: "cef" }) },
    { name: "line, JSON", run: await exporterLines({ ...config, format: "json" }) },
  ];
  const figures = measure(subjects, usualEvents(), {
    rounds: ROUNDS,
    warmUpRounds: 3,
    repeats: 200,
    ...processClocks,
  });
  return Object.fromEntries(figures.slice(1).map(({ name, ratio }) => [name, ratio]));
}
