import { readFileSync } from "node:fs";
import { type AgentEvent } from "@clawmetry/siem-events";

// Two of the sample events are what an attacker would write; they take the careful way on purpose.
const HOSTILE: ReadonlySet<string> = new Set(["evt_d9eb9a07f6eaeaf8144ca735", "evt_598fe4b6192289ecc39ebb1e"]);

/** The sample events of siem-events, as runtimes produce them, without the hostile ones. */
export function usualEvents(): readonly AgentEvent[] {
  const file = new URL("../../events/testdata/agent-events.ndjson", import.meta.url);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as AgentEvent)
    .filter(({ id }) => id === undefined || !HOSTILE.has(id));
}
