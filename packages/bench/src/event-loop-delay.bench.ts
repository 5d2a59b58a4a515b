import { setTimeout as wait } from "node:timers/promises";
import { createSiemExporter, type SiemExporter } from "@clawmetry/siem-exporter";
import { publish, type ReportRow } from "./report.ts";
import { type SinkCalls } from "./sink-calls.ts";
import { startGauge } from "./start-gauge.ts";
import { startProcess } from "./start-process.ts";
import { usualEvents } from "./usual-events.ts";

const SECONDS = 10;
const events = usualEvents();

// What is due by the clock, at most 5 ms of it at once: a machine that stopped for longer must not be made up for in one turn.
async function pace(perSecond: number, send: (number: number) => void): Promise<number> {
  const start = performance.now();
  let sent = 0;
  for (let elapsed = 0; elapsed < SECONDS * 1000; elapsed = performance.now() - start) {
    const due = Math.min((elapsed * perSecond) / 1000, sent + perSecond / 200);
    while (sent < due) send(sent++);
    await wait(1);
  }
  return sent;
}

async function measurePaced(name: string, perSecond: number, exporter: SiemExporter | undefined): Promise<ReportRow> {
  const send = (number: number): void => {
    exporter?.send(events[number % events.length] ?? {});
  };
  for (let number = 0; number < 20_000; number++) {
    send(number);
    if (number % 100 === 0) await wait(1);
  }
  const read = startGauge();
  const sent = await pace(perSecond, send);
  const { longestDelayMs, cpuMs, wallMs } = read();
  return [name, (sent / wallMs) * 1000, (100 * cpuMs) / wallMs, longestDelayMs];
}

const sink = startProcess<SinkCalls>("sink.js");
try {
  const port = await sink.call("open", "tcp", "", "");
  const exporter = createSiemExporter({ host: "127.0.0.1", port, protocol: "tcp" });
  const rows = [
    await measurePaced("without an exporter", 100_000, undefined),
    await measurePaced("10,000 events/s", 10_000, exporter),
    await measurePaced("100,000 events/s", 100_000, exporter),
  ];
  await exporter.close({ timeoutMs: 1000 });
  publish({
    title: "Longest delay of the event loop",
    about: `CEF over TCP for ${SECONDS} s each, handed over in equal parts every millisecond or two.`,
    columns: ["load", "events/s", "CPU %", "longest delay ms"],
    rows,
  });
} finally {
  await sink.stop();
}
