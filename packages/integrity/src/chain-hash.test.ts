import { hostileEvent, PROPERTY_SEED, sampleEvents } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import known from "../testdata/chain.json" with { type: "json" };
import { chainedJson, chainHash, genesisHash, isChainHash } from "./chain-hash.ts";

test("the genesis is 64 zeros", () => {
  expect(genesisHash).toBe("0000000000000000000000000000000000000000000000000000000000000000");
});

test("the three known results", () => {
  let previousHash = genesisHash;
  for (const { event, chain_hash } of known) {
    expect(chainHash(event, previousHash)).toBe(chain_hash);
    previousHash = chain_hash;
  }
});

test.each(sampleEvents().map((event) => [event.id, event] as const))("the hash of sample %s", (_id, event) => {
  expect(chainHash(event, String(event["chain_prev_hash"]))).toBe(event["chain_hash"]);
});

const empty =
  '{"agent_id":"main","agent_type":"openclaw","event_type":null,"id":null,"node_id":null,"session_id":null,"ts":null,"workspace_id":null}';

test.each([
  ["nothing", {}],
  ["null everywhere", { agent_id: null, agent_type: null, id: null, session_id: null, ts: null, workspace_id: null }],
  ["an invalid date, a function, a symbol", { ts: new Date(NaN), id: () => 1, node_id: Symbol("n") }],
  ["fields that are not covered", { data: 1, model: "m", cost_usd: 2, chain_hash: "x", payload_hash: "y" }],
])("what is missing has its default: %s", (_name, event) => {
  expect(chainedJson(event)).toBe(empty);
});

test.each([
  ["printable ASCII", " !#[]~/", '" !#[]~/"'],
  ["quote and backslash", '"\\', '"\\"\\\\"'],
  ["short forms", "\b\f\n\r\t", '"\\b\\f\\n\\r\\t"'],
  ["other controls", "\0\u000b\u001f", '"\\u0000\\u000b\\u001f"'],
  ["DEL and above", "\u007f\u0080\u00e9\u2028\uffff", '"\\u007f\\u0080\\u00e9\\u2028\\uffff"'],
  ["a pair, half by half", "\u{1f99e}", '"\\ud83e\\udd9e"'],
  ["lone surrogates", "\udd9e\ud83e", '"\\udd9e\\ud83e"'],
  ["empty text, which is not missing", "", '""'],
  ["a number", 5, "5"],
  ["a BigInt", 12345678901234567890n, "12345678901234567890"],
  ["a boolean", true, "true"],
  ["NaN, which JSON has not", NaN, "null"],
  ["an object", { b: "\u00e9", a: 1 }, '{"a":1,"b":"\\u00e9"}'],
])("a session of %s", (_name, session_id, json) => {
  expect(chainedJson({ session_id })).toBe(empty.replace('"session_id":null', () => `"session_id":${json}`));
});

test.each([
  ["2026-01-01T00:00:00Z", '"2026-01-01T00:00:00Z"'],
  [1700000000.5, '"1700000000.5"'],
  [1795403045678, '"1795403045678"'],
  [new Date(1795403045678), '"2026-11-23T03:04:05.678Z"'],
  ["", '""'],
])("the time %j is its text", (ts, json) => {
  expect(chainedJson({ ts })).toBe(empty.replace('"ts":null', `"ts":${json}`));
});

test.each([
  [genesisHash, true],
  ["A".repeat(64), false],
  ["a".repeat(63), false],
  [`${"a".repeat(64)}\n`, false],
  [undefined, false],
])("whether %j is a hash", (value, expected) => {
  expect(isChainHash(value)).toBe(expected);
});

test("any event has a hash, and what is hashed is ASCII that parses", () => {
  fc.assert(
    fc.property(hostileEvent(), (event) => {
      const json = chainedJson(event);
      expect(json).toMatch(/^[ -~]*$/);
      expect(Object.keys(JSON.parse(json) as object)).toHaveLength(8);
      expect(isChainHash(chainHash(event, genesisHash))).toBe(true);
    }),
    { seed: PROPERTY_SEED, numRuns: 1000 },
  );
});
