import { type AgentEvent } from "@clawmetry/siem-events";

/** A tool call with an id of its own. */
export function toolCall(id: string): AgentEvent {
  return {
    id,
    event_type: "tool.call",
    ts: "2026-11-23T03:04:06.678Z",
    session_id: "s1",
    data: { name: "bash", input: { command: "ls" } },
  };
}

/** Events as newline-delimited JSON. */
export function ndjson(...events: readonly AgentEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}
