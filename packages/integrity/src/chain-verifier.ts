import type { ChainHeads } from "./chain-heads.ts";
import { genesisHash } from "./chain-hash.ts";
import type { ChainReport, ChainStatus, NodeReport } from "./chain-report.ts";
import { boundedName, eventId, eventNode } from "./event-name.ts";
import { addEvent, type Claims, createNodeChain, type NodeChain } from "./node-chain.ts";
import { reportNode } from "./report-node.ts";

export interface ChainVerifierOptions {
  /**
   * Where a chain starts that does not start at its genesis: by node, the hash that its first event follows, kept from the time when
   * the events before it were removed. Default: every chain starts at `genesisHash`.
   */
  readonly anchors?: ChainHeads;
  /** By node, a hash that must be there, such as the newest one that the producer told. Without it, a cut end is not seen. */
  readonly heads?: ChainHeads;
}

/** Verifies events as they come in. Keeps their hashes and ids, and nothing else of them. */
export interface ChainVerifier {
  /**
   * Takes in one event, in any order. `changed`: the chained fields that it does not hold exactly (`ClawmetryChanged` or
   * `siem.changed` of a line). Never throws, whatever the event.
   */
  readonly add: (event: unknown, changed?: readonly string[]) => void;
  /** What was found so far. */
  readonly report: () => ChainReport;
}

/** A verifier for whoever has the events one by one; see `verifyChain` for what it finds. */
export function createChainVerifier({ anchors = {}, heads = {} }: ChainVerifierOptions = {}): ChainVerifier {
  const nodes = new Map<string, NodeChain>();
  const claims: Claims = { hashes: new Set(), followed: new Set() };
  const anchorOf = new Map(Object.entries(anchors).map(([node, hash]) => [boundedName(node), hash] as const));
  const headOf = new Map(Object.entries(heads).map(([node, hash]) => [boundedName(node), hash] as const));
  let position = 0;

  function chainOf(nodeId: string): NodeChain {
    const known = nodes.get(nodeId);
    if (known !== undefined) return known;
    const chain = createNodeChain(anchorOf.get(nodeId) ?? genesisHash);
    nodes.set(nodeId, chain);
    return chain;
  }

  return {
    add(event, changed = []) {
      position++;
      addEvent(chainOf(eventNode(event)), claims, { id: eventId(event), position }, event, changed);
    },
    report() {
      for (const nodeId of headOf.keys()) chainOf(nodeId); // a node of which nothing is left
      const reports = Array.from(nodes, ([nodeId, chain]) =>
        reportNode(nodeId, chain, claims, { anchor: anchorOf.get(nodeId), head: headOf.get(nodeId) }),
      );
      return summarize(reports);
    },
  };
}

function summarize(nodes: readonly NodeReport[]): ChainReport {
  const sum = (count: (node: NodeReport) => number): number => nodes.reduce((total, node) => total + count(node), 0);
  return {
    status: worstOf(nodes),
    events: sum(({ events }) => events),
    checked: sum(({ checked }) => checked),
    verified: sum(({ verified }) => verified),
    nodes,
  };
}

function worstOf(nodes: readonly NodeReport[]): ChainStatus {
  const has = (status: ChainStatus): boolean => nodes.some((node) => node.status === status);
  if (has("invalid")) return "invalid";
  const unchained = nodes.some(({ status, events }) => status === "empty" && events > 0);
  if (has("degraded") || (has("valid") && unchained)) return "degraded";
  return has("valid") ? "valid" : "empty";
}
