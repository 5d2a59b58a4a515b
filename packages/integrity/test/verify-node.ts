import type { NodeReport } from "../src/chain-report.ts";
import { verifyChain, type VerifyChainOptions } from "../src/verify-chain.ts";

/** What is found in the chain of node `n`. */
export async function verifyNode(
  events: Iterable<unknown>,
  options?: VerifyChainOptions,
): Promise<NodeReport | undefined> {
  const { nodes } = await verifyChain(events, options);
  return nodes.find(({ nodeId }) => nodeId === "n");
}
