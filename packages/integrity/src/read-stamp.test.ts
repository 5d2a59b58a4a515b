import { expect, test } from "vitest";
import { chainOfSix } from "../test/chain-of-six.ts";
import { verifyNode } from "../test/verify-node.ts";

const [e1, e2, e3, e4] = chainOfSix();
const other = "f".repeat(64);

test("an event that is not held exactly is unverifiable, not altered", async () => {
  const cut = { ...e2, session_id: "s…" };
  const changed = (event: unknown): readonly string[] => (event === cut ? ["session_id", "model"] : []);
  expect(await verifyNode([e1, cut, e3], { changed })).toMatchObject({
    status: "degraded",
    checked: 3,
    verified: 2,
    missing: [],
    altered: [],
    unverifiable: [{ id: "e2", position: 2, reason: "changed_fields", fields: ["session_id"] }],
  });
});

test("a field that was named and fits all the same is verified", async () => {
  expect(await verifyNode([e1, e2], { changed: () => ["session_id"] })).toMatchObject({ status: "valid" });
});

test("a field that the chain does not cover excuses nothing", async () => {
  expect(await verifyNode([{ ...e1, ts: 2 }], { changed: () => ["model", "chain_hash"] })).toMatchObject({
    status: "invalid",
  });
});

test("links are followed through events that are not held exactly", async () => {
  const lines = [e1, e3, e4].map((event) => ({ ...event, session_id: "cut" }));
  expect(await verifyNode(lines, { changed: () => ["session_id"] })).toMatchObject({
    status: "invalid",
    verified: 0,
    missing: [{ previousHash: e2.chain_hash, after: { id: "e1", position: 1 }, before: { id: "e3", position: 2 } }],
  });
});

test("a whole copy proves an event of which another copy is not held exactly", async () => {
  const cut = { ...e1, session_id: "cut" };
  expect(await verifyNode([cut, e2, e1], { changed: (event) => (event === cut ? ["session_id"] : []) })).toMatchObject({
    status: "degraded",
    verified: 2,
    unverifiable: [{ id: "e1", position: 1 }],
    duplicated: [],
    reordered: [],
  });
});

test("an event that is not held exactly is no branch of a fork, contradicts nothing, and proves nothing", async () => {
  const cut = { ...e2, session_id: "cut", chain_hash: other };
  const changed = (event: unknown): readonly string[] => (event === cut ? ["session_id"] : []);
  expect(await verifyNode([e1, cut, e2], { changed })).toMatchObject({
    status: "degraded",
    verified: 2,
    forks: [],
    conflicting: [],
  });
  expect(await verifyNode([{ ...e1, chain_hash: other }, cut], { changed })).toMatchObject({
    altered: [{ id: "e1", position: 1, changed: "unknown" }],
    missing: [],
  });
});
