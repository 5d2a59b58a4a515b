import { type ChainHeads, isChainHash } from "@clawmetry/integrity";
import { UsageError } from "../usage-error.ts";

/** Reads `NODE=HASH` of each value of a flag. The hash is what stands after the last `=`. Throws a `UsageError` naming every bad one. */
export function readNodeHashes(flag: string, values: readonly string[] = []): ChainHeads {
  const hashes = new Map<string, string>();
  const problems: string[] = [];
  for (const value of values) {
    const at = value.lastIndexOf("=");
    const nodeId = value.slice(0, Math.max(at, 0));
    const hash = value.slice(at + 1);
    if (at === -1 || !isChainHash(hash)) problems.push(`${flag} must be NODE=HASH, the hash 64 lower-case hex digits`);
    else if (hashes.has(nodeId)) problems.push(`${flag} is given twice for the node ${nodeId}`);
    else hashes.set(nodeId, hash);
  }
  if (problems.length > 0) throw new UsageError(problems);
  return Object.fromEntries(hashes);
}
