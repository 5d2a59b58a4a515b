import { formatCef } from "@clawmetry/siem-cef";
import { type AgentEvent, describeEvent } from "@clawmetry/siem-events";
import { formatSyslogLine } from "@clawmetry/siem-exporter";
import { formatJson } from "@clawmetry/siem-json";
import { exporterLines } from "./exporter-lines.ts";
import { measure, type Subject } from "./measure.ts";
import { processClocks } from "./process-clocks.ts";
import { publish } from "./report.ts";
import { usualEvents } from "./usual-events.ts";

const nowMs = 1_795_403_100_000;
const config = { host: "192.0.2.1", hostname: "gw01.example.com", protocol: "tcp" } as const;
const lineOptions = { ...config, nowMs };
const cefLine = await exporterLines({ ...config, format: "cef" });
const jsonLine = await exporterLines({ ...config, format: "json" });

const subjects: readonly Subject<AgentEvent>[] = [
  { name: "JSON.stringify", run: (event) => JSON.stringify(event) },
  { name: "describeEvent", run: (event) => describeEvent(event, { nowMs }) },
  { name: "formatCef", run: (event) => formatCef(event, { nowMs }) },
  { name: "formatJson", run: (event) => formatJson(event, { nowMs }) },
  { name: "formatSyslogLine, CEF", run: (event) => formatSyslogLine(event, lineOptions) },
  { name: "exporter's line, CEF", run: cefLine },
  { name: "exporter's line, JSON", run: jsonLine },
  // What the queue does next, which makes one flat string of the pieces.
  { name: "and its bytes, CEF", run: (event) => Buffer.byteLength(cefLine(event)) },
  { name: "and its bytes, JSON", run: (event) => Buffer.byteLength(jsonLine(event)) },
];

const figures = measure(subjects, usualEvents(), {
  rounds: 15,
  warmUpRounds: 5,
  repeats: 300,
  ...processClocks,
});

publish({
  title: "Formatting",
  about: "Medians of 15 rounds, per event. A line of the exporter is all that `send()` does before it queues it.",
  columns: ["what", "CPU µs", "wall µs", "× JSON.stringify"],
  rows: figures.map(({ name, cpuUs, wallUs, ratio }) => [name, cpuUs, wallUs, ratio]),
});
