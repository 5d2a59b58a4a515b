import type { AgentEvent } from "@clawmetry/siem-events";
import { type ChainHeads, nodeOf } from "./chain-heads.ts";
import { genesisHash } from "./chain-hash.ts";
import { stampEvent, type StampedEvent } from "./stamp-event.ts";

export interface StampedBatch {
  readonly events: readonly StampedEvent[];
  /** The heads after the batch. Keep them in the transaction that stores the events, and give them to the next batch. */
  readonly heads: ChainHeads;
}

/**
 * Stamps events in their order, each into the chain of its node. `heads`: those after the batch before, none for the very first.
 * Depends on nothing but its arguments, which it does not change: a batch that could not be stored is forgotten by keeping
 * the old heads. An event that is not stored (a repeated id) must not be stamped, or the next one would lack the event before it.
 * Throws a TypeError when a head is no hash.
 */
export function stampEvents(events: Iterable<AgentEvent>, heads: ChainHeads = {}): StampedBatch {
  const latest = new Map(Object.entries(heads));
  const stamped: StampedEvent[] = [];
  for (const event of events) {
    const nodeId = nodeOf(event);
    const next = stampEvent(event, { previousHash: latest.get(nodeId) ?? genesisHash });
    latest.set(nodeId, next.chain_hash);
    stamped.push(next);
  }
  return { events: stamped, heads: Object.fromEntries(latest) };
}
