import { readProperty } from "@clawmetry/siem-events";
import { type HeldEvent } from "./line-record.ts";

// Only the exporter itself makes 9001, 9004, 9005 and 9006; 9002 and 9007 are the daemon's word on itself.
const OF_EXPORTER: ReadonlySet<number> = new Set([9001, 9004, 9005, 9006]);
const OF_DAEMON: ReadonlySet<number> = new Set([9002, 9007]);
const HASHES = ["chain_hash", "chain_prev_hash"];

/**
 * Whether a line is one of the exporter or the daemon about itself, outside of every chain. One that has a hash claims to be
 * in a chain, and an event of the exporter has no id: neither is taken for one.
 */
export function isOwnEvent({ signatureId, event }: HeldEvent): boolean {
  if (HASHES.some((key) => isGiven(event, key))) return false;
  return OF_DAEMON.has(signatureId) || (OF_EXPORTER.has(signatureId) && !isGiven(event, "id"));
}

function isGiven(event: HeldEvent["event"], key: string): boolean {
  const value = readProperty(event, key);
  return value !== undefined && value !== null && value !== "";
}
