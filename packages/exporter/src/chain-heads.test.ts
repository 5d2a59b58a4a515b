import { expect, test } from "vitest";
import { createChainHeads } from "./chain-heads.ts";

const hash = (digit: string): string => digit.repeat(64);

test("the node last heard of comes first, with its newest hash", () => {
  const heads = createChainHeads();
  heads.note({ node_id: "a", chain_hash: hash("1") });
  heads.note({ node_id: "b", chain_hash: hash("2") });
  heads.note({ node_id: "a", chain_hash: hash("3") });
  expect(heads.list()).toEqual([`a:${hash("3")}`, `b:${hash("2")}`]);
});

test("the 17th node pushes out the one that was silent longest", () => {
  const heads = createChainHeads();
  for (let node = 1; node <= 16; node++) heads.note({ node_id: `n${node}`, chain_hash: hash("a") });
  heads.note({ node_id: "n1", chain_hash: hash("b") });
  heads.note({ node_id: "n17", chain_hash: hash("c") });
  expect(heads.list().map((head) => head.split(":")[0])).toEqual(
    "n17 n1 n16 n15 n14 n13 n12 n11 n10 n9 n8 n7 n6 n5 n4 n3".split(" "),
  );
});

test.each([
  ["no node", { chain_hash: hash("a") }],
  ["no hash", { node_id: "n" }],
  ["a comma, which would make two entries", { node_id: "n,m", chain_hash: hash("a") }],
  ["a line break", { node_id: "n\nm", chain_hash: hash("a") }],
  ["too long a name", { node_id: "n".repeat(129), chain_hash: hash("a") }],
  ["a hash that is none", { node_id: "n", chain_hash: "x,y" }],
  ["nothing", null],
  [
    "a throwing proxy",
    new Proxy(
      {},
      {
        get: () => {
          throw new Error("no");
        },
      },
    ),
  ],
])("an event with %s is left out", (_name, event) => {
  const heads = createChainHeads();
  heads.note(event as never);
  expect(heads.list()).toEqual([]);
});
