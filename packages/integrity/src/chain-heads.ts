import { chainedText } from "@clawmetry/siem-events";

/** By node id, the `chain_hash` of the last event of that node. The key is empty for events that name no node. Plain JSON. */
export type ChainHeads = Readonly<Record<string, string>>;

/** The node whose chain an event is in. Empty when it names none. */
export function nodeOf(event: object): string {
  return chainedText(event, "node_id") ?? "";
}
