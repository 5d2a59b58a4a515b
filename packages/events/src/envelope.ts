import { read } from "./event-data.ts";

/** What every event may say, whatever happened: who, when and where. All else, and `data`, says what. */
export interface Envelope {
  readonly id: unknown;
  readonly event_type: unknown;
  readonly ts: unknown;
  readonly node_id: unknown;
  readonly agent_id: unknown;
  readonly agent_type: unknown;
  readonly session_id: unknown;
  readonly workspace_id: unknown;
  readonly model: unknown;
  readonly cost_usd: unknown;
  readonly token_count: unknown;
  readonly data: unknown;
  readonly chain_hash: unknown;
  readonly chain_prev_hash: unknown;
  readonly payload_hash: unknown;
}

/** The keys of the envelope. */
export const envelopeKeys: ReadonlySet<string> = new Set([
  "id",
  "event_type",
  "ts",
  "node_id",
  "agent_id",
  "agent_type",
  "session_id",
  "workspace_id",
  "model",
  "cost_usd",
  "token_count",
  "data",
  "chain_hash",
  "chain_prev_hash",
  "payload_hash",
] satisfies (keyof Envelope)[]);

/** Reads the envelope of an event. Never throws: a property that throws is missing. */
export function readEnvelope(event: object): Envelope {
  try {
    return copyOf(event as Envelope);
  } catch {
    // A getter or a proxy threw: every other property is still worth having.
    const values = Object.fromEntries([...envelopeKeys].map((key) => [key, read(event, key)]));
    return copyOf(values as unknown as Envelope);
  }
}

/** Whether an event has no property beside those of the envelope. `envelope`: that of the event. May throw for a proxy. */
export function isEnvelopeOnly(event: object, envelope: Envelope): boolean {
  const isPlain = Object.getPrototypeOf(event) === Object.prototype;
  if (isPlain && Object.keys(event).length === countPresent(envelope)) return true;
  for (const key in event) if (!envelopeKeys.has(key)) return false;
  return true;
}

// Named one by one: that is many times faster than a loop over names.
function copyOf(event: Envelope): Envelope {
  return {
    id: event.id,
    event_type: event.event_type,
    ts: event.ts,
    node_id: event.node_id,
    agent_id: event.agent_id,
    agent_type: event.agent_type,
    session_id: event.session_id,
    workspace_id: event.workspace_id,
    model: event.model,
    cost_usd: event.cost_usd,
    token_count: event.token_count,
    data: event.data,
    chain_hash: event.chain_hash,
    chain_prev_hash: event.chain_prev_hash,
    payload_hash: event.payload_hash,
  };
}

function countPresent(envelope: Envelope): number {
  let count = 0;
  if (envelope.id !== undefined) count++;
  if (envelope.event_type !== undefined) count++;
  if (envelope.ts !== undefined) count++;
  if (envelope.node_id !== undefined) count++;
  if (envelope.agent_id !== undefined) count++;
  if (envelope.agent_type !== undefined) count++;
  if (envelope.session_id !== undefined) count++;
  if (envelope.workspace_id !== undefined) count++;
  if (envelope.model !== undefined) count++;
  if (envelope.cost_usd !== undefined) count++;
  if (envelope.token_count !== undefined) count++;
  if (envelope.data !== undefined) count++;
  if (envelope.chain_hash !== undefined) count++;
  if (envelope.chain_prev_hash !== undefined) count++;
  if (envelope.payload_hash !== undefined) count++;
  return count;
}
