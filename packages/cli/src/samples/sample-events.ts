import { type AgentEvent, signatures } from "@clawmetry/siem-events";
import { sampleData } from "./sample-data.ts";

/** One event of a signature, made up. */
export interface SampleEvent {
  readonly signatureId: number;
  readonly name: string;
  readonly event: AgentEvent;
}

/** What all sample events have in common, so that they are found and told from real ones in the SIEM. */
export const SAMPLE_AGENT = "clawmetry-siem-test";

// Only a running exporter makes those: from anyone else the type would be taken for a forgery and be signature 9999.
const OWN_TYPE_PREFIX = "siem.";
const UNMAPPED = { id: 9999, name: "Generic Event", type: "sample.event" };

/** One sample event of every signature that events can have, 9999 last. All at `nowMs`, in the session `sessionId`. */
export function sampleEvents(nowMs: number, sessionId: string): readonly SampleEvent[] {
  return [...kinds(), UNMAPPED].map(({ id, name, type }) => ({
    signatureId: id,
    name,
    event: {
      id: `${sessionId}-${id}`,
      event_type: type,
      ts: new Date(nowMs).toISOString(),
      node_id: SAMPLE_AGENT,
      agent_id: SAMPLE_AGENT,
      agent_type: "sample",
      session_id: sessionId,
      data: sampleData.get(id) ?? {},
    },
  }));
}

/** The signatures that `sampleEvents` leaves out. */
export function ownSignatures(): readonly { readonly id: number; readonly name: string }[] {
  return Object.entries(signatures)
    .filter(([type]) => type.startsWith(OWN_TYPE_PREFIX))
    .map(([, { id, name }]) => ({ id, name }));
}

// The canonical type of a signature stands before its aliases.
function kinds(): readonly { readonly id: number; readonly name: string; readonly type: string }[] {
  const seen = new Set<number>();
  return Object.entries(signatures).flatMap(([type, { id, name }]) => {
    if (type.startsWith(OWN_TYPE_PREFIX) || seen.has(id)) return [];
    seen.add(id);
    return [{ id, name, type }];
  });
}
