import { type AgentEvent } from "@clawmetry/siem-events";
import { createSiemExporter } from "@clawmetry/siem-exporter";
import { median } from "./median.ts";
import { publish, type ReportRow } from "./report.ts";

const ROUNDS = 7;
const TEXT = "git status && npm test -- --run packages/exporter # and what the tests say\n";

function eventOf(bytes: number): AgentEvent {
  const event = {
    id: "evt_1",
    event_type: "tool.call",
    ts: "2026-11-23T12:00:00Z",
    session_id: "s1",
    data: { tool: "exec" },
  };
  const left = Math.max(0, bytes - JSON.stringify(event).length);
  return {
    ...event,
    data: { tool: "exec", args: { command: TEXT.repeat(Math.ceil(left / TEXT.length)).slice(0, left) } },
  };
}

function cpuUsOf(calls: number, call: () => unknown): number {
  const before = process.cpuUsage();
  for (let number = 0; number < calls; number++) call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / calls;
}

const exporter = (format: "cef" | "json", maxMessageBytes: number) =>
  createSiemExporter({ host: "127.0.0.1", port: 1, protocol: "tcp", format, maxMessageBytes, dropPolicy: "oldest" });

const rows = [0.2, 1, 10, 100].map((kib): ReportRow => {
  const event = eventOf(kib * 1024);
  const ways = [
    () => JSON.stringify(event),
    ...[exporter("cef", 8000), exporter("json", 8000), exporter("cef", 1_048_576), exporter("json", 1_048_576)].map(
      ({ send }) =>
        () =>
          send(event),
    ),
  ];
  const calls = Math.ceil(4000 / (1 + kib));
  for (const way of ways) cpuUsOf(calls, way);
  const rounds = Array.from({ length: ROUNDS }, () => ways.map((way) => cpuUsOf(calls, way)));
  return [`${kib} KiB`, ...ways.map((_, index) => median(rounds.map((round) => round[index] ?? NaN)))];
});

publish({
  title: "Cost against the size of an event",
  about: `CPU µs of \`send()\` into a full queue that gives up its oldest, medians of ${ROUNDS} rounds; the cap is \`maxMessageBytes\`.`,
  columns: ["event", "JSON.stringify", "CEF, cap 8000", "JSON, cap 8000", "CEF, cap 1 MiB", "JSON, cap 1 MiB"],
  rows,
});
