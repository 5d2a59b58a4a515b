import type { AgentEvent } from "@clawmetry/siem-events";
import { chainHash, isChainHash } from "./chain-hash.ts";
import { payloadHash } from "./payload-hash.ts";

/** An event in the chain of its node. */
export interface StampedEvent extends AgentEvent {
  /** The `chain_hash` of the event before it on the node, or 64 zeros. */
  readonly chain_prev_hash: string;
  readonly chain_hash: string;
  /** See `payloadHash`. Undefined where the data is not JSON. */
  readonly payload_hash: string | undefined;
}

export interface StampOptions {
  /** The `chain_hash` of the event before it on the same node; `genesisHash` for the first one. 64 lower-case hex digits. */
  readonly previousHash: string;
}

/**
 * The event with its place in the chain and its payload hash; those that it has are replaced. Depends on nothing but its arguments,
 * which it does not change. Throws a TypeError when `previousHash` is no hash.
 */
export function stampEvent(event: AgentEvent, { previousHash }: StampOptions): StampedEvent {
  if (!isChainHash(previousHash)) throw new TypeError("previousHash must be 64 lower-case hex digits");
  return {
    ...event,
    chain_prev_hash: previousHash,
    chain_hash: chainHash(event, previousHash),
    payload_hash: payloadHash(event.data),
  };
}
