import { PROPERTY_SEED } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import vectors from "../testdata/canonical-json.json" with { type: "json" };
import numbers from "../testdata/rfc8785-numbers.json" with { type: "json" };
import { canonicalJson } from "./canonical-json.ts";

test.each(vectors)("canonicalJson: $name", ({ json, canonical }) => {
  expect(canonicalJson(JSON.parse(json))).toBe(canonical);
});

test.each(numbers)("RFC 8785 appendix B: $ieee754 is $json", ({ ieee754, json }) => {
  expect(canonicalJson(Buffer.from(ieee754, "hex").readDoubleBE())).toBe(json);
});

const cycle: { self?: unknown } = {};
cycle.self = cycle;
const revoked = Proxy.revocable({}, {});
revoked.revoke();

function nested(levels: number): unknown {
  return JSON.parse("[".repeat(levels) + "]".repeat(levels));
}

test.each([
  ["a lone surrogate", "a\ud800", "lone surrogate", 0],
  ["a lone surrogate in a key", { a: { "\udc00": 1 } }, "lone surrogate", 2],
  ["NaN", [NaN], "number", 1],
  ["an infinity", { a: [-Infinity] }, "number", 2],
  ["undefined alone", undefined, "type", 0],
  ["a BigInt", 1n, "type", 0],
  ["a function", { f: () => 1 }, "type", 1],
  ["a Map, which JSON.stringify empties", new Map([["a", 1]]), "type", 1],
  ["bytes", [new Uint8Array(1)], "type", 2],
  ["a cycle", cycle, "cycle", 1],
  ["1001 levels", nested(1001), "depth", 1000],
  ["100,000 levels", nested(100_000), "depth", 1000],
  ["a revoked proxy", revoked.proxy, "unreadable", 0],
  [
    "a throwing getter",
    {
      get a() {
        throw new Error("secret");
      },
    },
    "unreadable",
    1,
  ],
])("refuses %s, and says where", (_name, value, reason, depth) => {
  expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ name: "CanonicalJsonError", reason, depth }));
});

test("the message of a refusal shows nothing of the value", () => {
  expect(() => canonicalJson({ password: ["hunter2\ud800"] })).toThrow(
    "no canonical JSON: text must be well-formed Unicode, at depth 2",
  );
});

test("takes 1000 levels", () => {
  expect(canonicalJson(nested(1000))).toHaveLength(2000);
});

test("does with undefined and toJSON what JSON.stringify does", () => {
  const date = new Date("2026-11-23T03:04:05.678Z");
  const items = [undefined, 0, 1];
  Reflect.deleteProperty(items, 1);
  expect(canonicalJson({ b: undefined, a: items, d: date })).toBe('{"a":[null,null,1],"d":"2026-11-23T03:04:05.678Z"}');
});

test("the same object twice is no cycle", () => {
  const shared = { x: 1 };
  expect(canonicalJson([shared, shared])).toBe('[{"x":1},{"x":1}]');
});

const json = fc.jsonValue({ maxDepth: 4, stringUnit: "binary" });

test("what is parsed is the value again, and canonical already", () => {
  fc.assert(
    fc.property(json, (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value)); // -0 is 0 in JSON
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(plain);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
    { seed: PROPERTY_SEED, numRuns: 2000 },
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

test("the order of keys does not matter", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
    }),
    { seed: PROPERTY_SEED, numRuns: 2000 },
  );
});
