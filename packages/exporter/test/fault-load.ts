import { setTimeout as wait } from "node:timers/promises";
import { type AgentEvent } from "@clawmetry/siem-events";
import { type SiemExporter } from "../src/create-siem-exporter.ts";

const TICK_MS = 10;
const BURST_EVENTS = 512;

/** Gives the same events to every exporter. */
export interface FaultLoad {
  readonly give: (count: number) => void;
  /** Spread evenly over `forMs` milliseconds. */
  readonly even: (perSecond: number, forMs: number) => Promise<void>;
  /** As many as the queues take. */
  readonly flood: (forMs: number) => Promise<void>;
}

/** Begins with event 0 and goes on where the last call ended. */
export function createFaultLoad(exporters: readonly SiemExporter[]): FaultLoad {
  let given = 0;

  function giveUntil(count: number): void {
    for (; given < count; given++) for (const exporter of exporters) exporter.send(eventOf(given));
  }

  return {
    give: (count) => {
      giveUntil(given + count);
    },
    even: async (perSecond, forMs) => {
      const startMs = performance.now();
      const first = given;
      const last = given + Math.round((perSecond * forMs) / 1000);
      while (given < last) {
        await wait(TICK_MS);
        giveUntil(Math.min(last, first + Math.ceil(((performance.now() - startMs) * perSecond) / 1000)));
      }
    },
    flood: async (forMs) => {
      const endMs = performance.now() + forMs;
      while (performance.now() < endMs) {
        giveUntil(given + BURST_EVENTS);
        const limit = wait(Math.max(1, endMs - performance.now()), undefined, { ref: false });
        await Promise.all(exporters.map((exporter) => Promise.race([exporter.ready(), limit])));
        await wait(0); // sockets are served between two turns only
      }
    },
  };
}

// One of twenty sessions, and a few of them failures: a full queue has something to choose from.
function eventOf(index: number): AgentEvent {
  return {
    id: `load-${index}`,
    event_type: index % 10 === 0 ? "tool.result" : "tool.call",
    session_id: `session-${index % 20}`,
    agent_id: "main",
    data: { name: "bash", input: { command: `make step-${index}` }, ...(index % 100 === 0 && { is_error: true }) },
  };
}
