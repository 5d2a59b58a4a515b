import { randomUUID } from "node:crypto";
import { type AgentEvent } from "@clawmetry/siem-exporter";

/** An event with everything that the store needs. */
export interface CompleteEvent extends AgentEvent {
  readonly id: string;
  readonly node_id: string;
  readonly event_type: string;
  readonly ts: string | number;
}

/** An event that was checked: what it has is of the right type. */
export interface CheckedEvent extends AgentEvent {
  readonly event_type: string;
  readonly ts?: string | number;
}

/** What stands in for what an event does not say. */
export interface EventDefaults {
  readonly nodeId: string;
  /** The run that the event was posted to. Default: none. */
  readonly sessionId?: string | undefined;
  /** Milliseconds since 1970. */
  readonly receivedMs: number;
}

/**
 * Fills in what an event lacks: a random `id`, the time of receipt as `ts`, the node, the session. Null and empty text count as
 * missing; nothing that the event says is changed. A session or workspace that is still missing is null, which a line can say.
 */
export function completeEvent(event: CheckedEvent, { nodeId, sessionId, receivedMs }: EventDefaults): CompleteEvent {
  const { id, ts, node_id, session_id, workspace_id } = event;
  return {
    ...event,
    id: given(id) ?? randomUUID(),
    ts: given(ts) ?? new Date(receivedMs).toISOString(),
    node_id: given(node_id) ?? nodeId,
    session_id: given(session_id) ?? sessionId ?? null,
    workspace_id: given(workspace_id) ?? null,
  };
}

// The types of an event hold for what came from outside only as far as `checkEvent` looked.
function given<T extends string | number>(value: T | null | undefined): T | undefined {
  return value === null || value === "" ? undefined : value;
}
