import { forwardEvent } from "@clawmetry/siem-exporter";
import { type AgentEvent } from "@clawmetry/siem-events";
import { type Figure, measure, type Subject } from "./measure.ts";
import { processClocks } from "./process-clocks.ts";
import { publish } from "./report.ts";
import { usualEvents } from "./usual-events.ts";

delete process.env["CLAWMETRY_SIEM_HOST"];

let calls = 0;
const subjects: readonly Subject<AgentEvent>[] = [
  {
    name: "an empty function",
    run: () => {
      calls++;
    },
  },
  { name: "forwardEvent, off", run: forwardEvent },
];

const figures = measure(subjects, usualEvents(), {
  rounds: 15,
  warmUpRounds: 5,
  repeats: 100_000,
  ...processClocks,
});
if (calls === 0) throw new Error("nothing was called");

publish({
  title: "`forwardEvent` when off",
  about: "Medians of 15 rounds of 3.9 million calls.",
  columns: ["call", "CPU ns/call", "wall ns/call", "× empty"],
  rows: figures.map(({ name, cpuUs, wallUs, ratio }: Figure) => [name, cpuUs * 1000, wallUs * 1000, ratio]),
});
