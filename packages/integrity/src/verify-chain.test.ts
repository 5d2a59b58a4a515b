import { sampleEvents } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import known from "../testdata/chain.json" with { type: "json" };
import { chainOfSix } from "../test/chain-of-six.ts";
import { verifyNode } from "../test/verify-node.ts";
import { genesisHash } from "./chain-hash.ts";
import { createChainVerifier } from "./chain-verifier.ts";
import { stampEvents } from "./stamp-events.ts";
import { verifyChain } from "./verify-chain.ts";

const [e1, e2, e3, e4] = chainOfSix();
const other = "f".repeat(64);

const nothingFound = {
  brokenAt: null,
  altered: [],
  missing: [],
  forks: [],
  unverifiable: [],
  conflicting: [],
  duplicated: [],
  reordered: [],
};

test("a whole chain is valid", async () => {
  expect(await verifyChain([e1, e2, e3])).toEqual({
    status: "valid",
    events: 3,
    checked: 3,
    verified: 3,
    nodes: [
      { nodeId: "n", status: "valid", events: 3, checked: 3, verified: 3, headHash: e3.chain_hash, ...nothingFound },
    ],
  });
});

test("the three known results are a valid chain", async () => {
  const events = known.map(({ event, chain_hash }, index) => ({
    ...event,
    chain_hash,
    chain_prev_hash: known[index - 1]?.chain_hash ?? genesisHash,
  }));
  expect(await verifyChain(events)).toMatchObject({ status: "valid", verified: 3 });
});

test("the samples are two valid chains", async () => {
  const { status, nodes } = await verifyChain(sampleEvents());
  expect(status).toBe("valid");
  expect(nodes.map(({ nodeId, verified, reordered }) => [nodeId, verified, reordered])).toEqual([
    ["mac-studio-7", 31, []],
    ["ci-runner-12", 10, []],
  ]);
});

test("a stream of events is verified too", async () => {
  async function* read(): AsyncGenerator {
    for (const event of [e1, e2]) yield await Promise.resolve(event);
  }
  expect(await verifyChain(read())).toMatchObject({ status: "valid", verified: 2 });
});

test("nothing is empty", async () => {
  expect(await verifyChain([])).toEqual({ status: "empty", events: 0, checked: 0, verified: 0, nodes: [] });
});

test("events in no chain are empty, and a chain beside them is degraded", async () => {
  const loose = { id: "x", node_id: "m", chain_hash: null, chain_prev_hash: "" };
  expect(await verifyChain([loose])).toMatchObject({ status: "empty", events: 1, checked: 0 });
  expect(await verifyChain([loose, e1])).toMatchObject({ status: "degraded", events: 2, checked: 1, verified: 1 });
  expect(await verifyNode([{ id: "x", node_id: "n" }, e1])).toMatchObject({
    status: "degraded",
    unverifiable: [{ id: "x", position: 1, reason: "not_chained", fields: [] }],
  });
});

test("an altered event is named alone: its neighbours are verified", async () => {
  expect(await verifyNode([e1, { ...e2, session_id: "s" }, e3])).toEqual({
    ...nothingFound,
    nodeId: "n",
    status: "invalid",
    events: 3,
    checked: 3,
    verified: 2,
    brokenAt: { id: "e2", position: 2 },
    headHash: e3.chain_hash,
    altered: [{ id: "e2", position: 2, changed: "unknown" }],
  });
});

test.each([
  ["the hash of one that another follows", [e1, { ...e2, chain_hash: other }, e3], "chain_hash"],
  ["the hash of one, to none", [e1, { ...e2, chain_hash: "" }, e3], "chain_hash"],
  ["the hash of the last one", [e1, { ...e2, chain_hash: other }], "unknown"],
  ["the previous hash", [e1, { ...e2, chain_prev_hash: other }, e3], "chain_prev_hash"],
  ["the previous hash, to none", [e1, { ...e2, chain_prev_hash: undefined }, e3], "chain_prev_hash"],
  ["the previous hash, away from the event before", [e3, { ...e2, chain_prev_hash: other }, e1], "unknown"],
  ["the hash in capitals", [e1, { ...e2, chain_hash: e2.chain_hash.toUpperCase() }, e3], "chain_hash"],
  ["both hashes", [e1, { ...e2, chain_hash: "x", chain_prev_hash: 5 }], "unknown"],
  ["the node", [e1, { ...e2, node_id: "m" }, e3], "unknown"],
])("what was altered is told as far as it is proven: %s", async (_name, events, changed) => {
  const { status, nodes } = await verifyChain(events);
  expect(status).toBe("invalid");
  expect(nodes.flatMap(({ altered }) => altered)).toEqual([{ id: "e2", position: 2, changed }]);
  expect(nodes.flatMap(({ missing }) => missing)).toEqual([]);
});

test("the node that an altered event now names is the one that is invalid", async () => {
  const { nodes } = await verifyChain([e1, { ...e2, node_id: "m" }, e3]);
  expect(nodes.map(({ nodeId, status }) => [nodeId, status])).toEqual([
    ["n", "valid"],
    ["m", "invalid"],
  ]);
});

test("the order of reading changes no verdict, and is told", async () => {
  expect(await verifyNode([e1, e3, e2, e4])).toMatchObject({
    status: "valid",
    verified: 4,
    reordered: [{ id: "e3", position: 2 }],
  });
  expect(await verifyNode([e4, e3, e2, e1])).toMatchObject({ status: "valid", verified: 4, headHash: e4.chain_hash });
});

test("copies are tolerated and told", async () => {
  expect(await verifyNode([e1, e2, { ...e1 }, e3, e2])).toMatchObject({
    status: "valid",
    checked: 5,
    verified: 3,
    duplicated: [
      { id: "e1", position: 3, first: 1 },
      { id: "e2", position: 5, first: 2 },
    ],
  });
});

test("copies with another payload hash, and an id that is used twice, conflict", async () => {
  const [again] = stampEvents([{ id: "e1", node_id: "n" }], { n: e2.chain_hash }).events;
  expect(await verifyNode([e1, { ...e1, payload_hash: other }, e2, again])).toMatchObject({
    status: "degraded",
    verified: 3,
    brokenAt: null,
    conflicting: [
      { id: "e1", position: 2, first: 1, differs: "payload_hash" },
      { id: "e1", position: 4, first: 1, differs: "identity" },
    ],
  });
});

test("an altered copy does not hide behind the original", async () => {
  expect(await verifyNode([e1, e2, { ...e2, ts: 2 }])).toMatchObject({
    status: "invalid",
    verified: 2,
    altered: [{ id: "e2", position: 3, changed: "unknown" }],
  });
});

test("long ids are told apart, bounded, and cut on a code point", async () => {
  const ids = [`${"x".repeat(1000)}1`, `${"x".repeat(1000)}2`, `${"x".repeat(182)}${"\u{1f600}".repeat(20)}`];
  const { events } = stampEvents(ids.map((id) => ({ id, node_id: "n" })));
  const report = await verifyNode(events.map((event) => ({ ...event, ts: 5 })));
  expect(report?.altered.map(({ id }) => id)).toEqual([
    `${"x".repeat(183)}…b9ebf1e75340d44b`,
    `${"x".repeat(183)}…63cabe1c6ac4ad01`,
    `${"x".repeat(182)}\ufffd…2ec07d5cbfc009d7`,
  ]);
});

test("a report can be asked for at any time, is plain data, and stays as it is", () => {
  const verifier = createChainVerifier();
  verifier.add(e1);
  const first = verifier.report();
  const text = JSON.stringify(first);
  verifier.add({ ...e2, id: "x" });
  expect(JSON.stringify(first)).toBe(text);
  expect(JSON.parse(text)).toEqual(first);
  expect(verifier.report()).toMatchObject({ status: "invalid", events: 2 });
});
