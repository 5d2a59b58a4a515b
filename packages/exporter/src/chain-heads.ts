import { type AgentEvent, chainedText } from "@clawmetry/siem-events";

/** The hash of the newest event of each node: an event that never arrived is missed even when it was the last one. */
export interface ChainHeads {
  /** Takes note of an event. Never throws. */
  readonly note: (event: AgentEvent) => void;
  /** `node:hash`, the node last heard of first. */
  readonly list: () => readonly string[];
}

const MAX_NODES = 16;
const HASH = /^[0-9A-Fa-f]{32,128}$/;
// No comma, which stands between two entries in CEF, and nothing that cleaning would change.
const NODE = /^[\x21-\x2b\x2d-\x7e]{1,128}$/;

/** Remembers the 16 nodes last heard of. A node whose id is no printable ASCII, holds a comma or is over 128 long is left out. */
export function createChainHeads(): ChainHeads {
  const heads = new Map<string, string>();
  // The one last heard of, which mostly is the next one too: it is in its place already.
  let latest: string | undefined;
  return {
    note: (event) => {
      const node = chainedText(event, "node_id");
      const hash = chainedText(event, "chain_hash");
      if (node === undefined || hash === undefined || !HASH.test(hash)) return;
      if (node !== latest) {
        if (!NODE.test(node)) return;
        heads.delete(node);
        latest = node;
      }
      heads.set(node, hash);
      if (heads.size > MAX_NODES) dropOldest(heads);
    },
    list: () => [...heads].reverse().map(([node, hash]) => `${node}:${hash}`),
  };
}

function dropOldest(heads: Map<string, string>): void {
  const [oldest] = heads.keys();
  if (oldest !== undefined) heads.delete(oldest);
}
