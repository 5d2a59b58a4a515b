import { stampEvents, verifyChain, verifyPayload } from "@clawmetry/integrity";

// The producer: each batch goes on from the heads of the one before.
const stored = stampEvents(
  ["e1", "e2", "e3", "e4"].map((id) => ({
    id,
    node_id: "mac-1",
    event_type: "tool.call",
    ts: 1795403045,
    data: { id },
  })),
);

// Somewhere else, somebody changed what they thought nobody would see.
const [e1, e2, , e4] = JSON.parse(JSON.stringify(stored.events)) as Record<string, unknown>[];
const copy = [{ ...e1, agent_id: "somebody else" }, { ...e2, data: { id: "other" } }, e4];

const { status, nodes } = await verifyChain(copy, { heads: stored.heads });
console.log(status, nodes[0]?.verified);
for (const { id, changed } of nodes[0]?.altered ?? []) console.log("altered:", id, changed);
for (const { after, before } of nodes[0]?.missing ?? []) console.log("missing:", after?.id, "→", before?.id);
for (const event of copy) console.log("payload of", event?.["id"], verifyPayload(event));

// prints:
// invalid 1
// altered: e1 unknown
// missing: e2 → e4
// payload of e1 verified
// payload of e2 altered
// payload of e4 verified
