import { expect, test } from "vitest";
import { chainOfSix } from "../test/chain-of-six.ts";
import { verifyNode } from "../test/verify-node.ts";
import { genesisHash } from "./chain-hash.ts";
import { stampEvents } from "./stamp-events.ts";
import { verifyChain } from "./verify-chain.ts";

const [e1, e2, e3, e4, e5, e6] = chainOfSix();
const other = "f".repeat(64);

test("a missing event is told between those beside it", async () => {
  expect(await verifyNode([e1, e2, e4, e6])).toMatchObject({
    status: "invalid",
    verified: 2,
    brokenAt: { id: "e4", position: 3 },
    headHash: null,
    missing: [
      { previousHash: e3.chain_hash, after: { id: "e2", position: 2 }, before: { id: "e4", position: 3 } },
      { previousHash: e5.chain_hash, after: { id: "e4", position: 3 }, before: { id: "e6", position: 4 } },
    ],
  });
});

test("missing events are told between the right ones when others are out of order", async () => {
  expect(await verifyNode([e2, e1, e5, e4, e6])).toMatchObject({
    missing: [{ after: { id: "e2", position: 1 }, before: { id: "e4", position: 4 } }],
    reordered: [
      { id: "e2", position: 1 },
      { id: "e5", position: 3 },
    ],
  });
});

test("an event whose hashes were removed leaves a gap", async () => {
  const bare = { ...e2, chain_hash: undefined, chain_prev_hash: undefined };
  expect(await verifyNode([e1, bare, e3])).toMatchObject({
    status: "invalid",
    missing: [{ previousHash: e2.chain_hash, after: { id: "e1", position: 1 }, before: { id: "e3", position: 3 } }],
    unverifiable: [{ id: "e2", position: 2, reason: "not_chained", fields: [] }],
  });
});

test("an event that was forged with its hash leaves a gap behind it", async () => {
  const [forged] = stampEvents([{ ...e2, session_id: "other" }], { n: e1.chain_hash }).events;
  expect(await verifyNode([e1, forged, e3])).toMatchObject({
    status: "invalid",
    altered: [],
    missing: [{ previousHash: e2.chain_hash, after: { id: "e2", position: 2 }, before: { id: "e3", position: 3 } }],
  });
});

test("a start that is missing is told, and accepted with an anchor", async () => {
  expect(await verifyNode([e3, e4])).toMatchObject({
    status: "invalid",
    verified: 1,
    missing: [{ previousHash: e2.chain_hash, after: null, before: { id: "e3", position: 1 } }],
  });
  expect(await verifyNode([e3, e4], { anchors: { n: e2.chain_hash } })).toMatchObject({ status: "valid", verified: 2 });
  expect(await verifyNode([e1, e2, e3], { anchors: { n: e2.chain_hash } })).toMatchObject({ status: "valid" });
});

test("an anchor of another node, or of another time, does not help", async () => {
  expect(await verifyNode([e3], { anchors: { m: e2.chain_hash } })).toMatchObject({ status: "invalid" });
  expect(await verifyNode([e3], { anchors: { n: e1.chain_hash } })).toMatchObject({ status: "invalid" });
});

test("with an anchor, it is told that only the previous hash of the first event was altered", async () => {
  expect(await verifyNode([{ ...e3, chain_prev_hash: other }, e4], { anchors: { n: e2.chain_hash } })).toMatchObject({
    altered: [{ id: "e3", position: 1, changed: "chain_prev_hash" }],
  });
});

test("with an anchor, a chain that starts anew is not accepted", async () => {
  const [anew] = stampEvents([{ id: "new", node_id: "n" }]).events;
  expect(await verifyNode([e3, e4, anew], { anchors: { n: e2.chain_hash } })).toMatchObject({
    status: "invalid",
    missing: [{ previousHash: genesisHash, after: { id: "e4", position: 2 }, before: { id: "new", position: 3 } }],
  });
});

test("an end that was cut off is seen only with a head", async () => {
  expect(await verifyNode([e1, e2])).toMatchObject({ status: "valid", headHash: e2.chain_hash });
  expect(await verifyNode([e1, e2], { heads: { n: e3.chain_hash } })).toMatchObject({
    status: "invalid",
    brokenAt: { id: "e2", position: 2 },
    missing: [{ previousHash: e3.chain_hash, after: { id: "e2", position: 2 }, before: null }],
  });
  expect(await verifyNode([e1, e2, e3], { heads: { n: e2.chain_hash } })).toMatchObject({ status: "valid" });
});

test("a node of which nothing is left is seen only with a head", async () => {
  expect(await verifyChain([], { heads: { n: e3.chain_hash } })).toMatchObject({
    status: "invalid",
    nodes: [{ nodeId: "n", brokenAt: null, missing: [{ previousHash: e3.chain_hash, after: null, before: null }] }],
  });
  expect(await verifyChain([], { heads: { n: genesisHash } })).toMatchObject({ status: "empty" });
});

test("a fork names its branches", async () => {
  const [branch] = stampEvents([{ id: "b", node_id: "n" }], { n: e1.chain_hash }).events;
  expect(await verifyNode([e1, e2, branch])).toMatchObject({
    status: "invalid",
    brokenAt: { id: "b", position: 3 },
    headHash: null,
    missing: [],
    forks: [
      {
        previousHash: e1.chain_hash,
        events: [
          { id: "e2", position: 2 },
          { id: "b", position: 3 },
        ],
      },
    ],
  });
});

test("a chain that was started twice forks at the genesis", async () => {
  const [anew] = stampEvents([{ id: "new", node_id: "n" }]).events;
  expect(await verifyNode([e1, anew])).toMatchObject({ status: "invalid", forks: [{ previousHash: genesisHash }] });
});

test("an event that follows one of another node does not belong there", async () => {
  const [stray] = stampEvents([{ id: "x", node_id: "m" }], { m: e1.chain_hash }).events;
  const { nodes } = await verifyChain([e1, stray]);
  expect(nodes.map(({ nodeId, status }) => [nodeId, status])).toEqual([
    ["n", "valid"],
    ["m", "invalid"],
  ]);
});

test("a node with a long name has its anchor and its head", async () => {
  const node_id = "n".repeat(300);
  const { events, heads } = stampEvents(["1", "2"].map((id) => ({ id, node_id })));
  const anchors = { [node_id]: String(events[0]?.chain_hash) };
  expect(await verifyChain(events.slice(1), { anchors, heads })).toMatchObject({
    status: "valid",
    nodes: [{ events: 1 }],
  });
});
