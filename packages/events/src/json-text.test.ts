import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonText } from "./json-text.ts";

test("writes JSON values as JSON.stringify does", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonText(value)).toBe(JSON.stringify(value));
    }),
    { seed: 20261123, numRuns: 2000 },
  );
});

const cycle: Record<string, unknown> = { a: 1 };
cycle["self"] = cycle;

test.each([
  ["undefined", undefined, "null"],
  ["numbers that JSON has not", [NaN, Infinity, -0, 1e21], "[null,null,0,1e+21]"],
  ["a BigInt", { c: 1n }, '{"c":"1"}'],
  ["dates", [new Date(0), new Date(NaN)], '["1970-01-01T00:00:00.000Z",null]'],
  ["undefined properties", { a: undefined, b: [undefined, () => 1] }, '{"b":[null,null]}'],
  ["bytes", { d: new TextEncoder().encode("zoë") }, '{"d":"zoë"}'],
  ["a Buffer", Buffer.from("x"), '"x"'],
  [
    "a Map",
    new Map<unknown, unknown>([
      ["k", 1],
      [2, "v"],
    ]),
    '{"2":"v","k":1}',
  ],
  ["a Set", new Set([1, "a"]), '[1,"a"]'],
  ["an Error", new TypeError("no"), '{"name":"TypeError","message":"no"}'],
  ["boxed values", [Object(1), Object("a"), Object(false)], '[1,"a",false]'],
  ["a cycle", cycle, '{"a":1,"self":"[Circular]"}'],
  ["the same object twice", [[cycle["a"]], [1]], "[[1],[1]]"],
  ["a lone surrogate", { m: "a\ud83db", "\udc00": 1 }, '{"m":"a\ufffdb","\ufffd":1}'],
  ["a __proto__ key", JSON.parse('{"__proto__":{"x":1}}'), '{"__proto__":{"x":1}}'],
  [
    "a toJSON that throws",
    {
      a: {
        toJSON: () => {
          throw new Error("no");
        },
      },
      b: 1,
    },
    '{"a":"[Unserializable]","b":1}',
  ],
  [
    "a getter that throws",
    {
      get a(): never {
        throw new Error("no");
      },
      b: 1,
    },
    '{"a":"[Unserializable]","b":1}',
  ],
])("writes %s", (_name, value, expected) => {
  expect(jsonText(value)).toBe(expected);
});

test("stops at the depth limit and tells where", () => {
  const cuts: unknown[] = [];
  const options = {
    maxDepth: 2,
    onCut: (path: readonly string[], entries: number) => cuts.push([path.join("."), entries]),
  };
  expect(jsonText({ a: { b: { c: 1, d: 2 } } }, options)).toBe('{"a":{"b":"[Truncated]"}}');
  expect(cuts).toEqual([["a.b", 2]]);
});

test("writes the first entries of what is too long and tells where", () => {
  const cuts: unknown[] = [];
  const options = {
    maxEntries: 2,
    onCut: (path: readonly string[], entries: number) => cuts.push([path.join("."), entries]),
  };
  expect(jsonText({ a: [1, 2, 3], b: { x: 1, y: 2 } }, options)).toBe('{"a":[1,2],"b":{"x":1,"y":2}}');
  expect(cuts).toEqual([["a", 3]]);
});

test("gives up soon after the length limit", () => {
  let reads = 0;
  const item = {
    get x() {
      return ++reads;
    },
  };
  expect(
    jsonText(
      Array.from({ length: 1_000_000 }, () => item),
      { maxLength: 100 },
    ),
  ).toBeUndefined();
  expect(reads).toBeLessThan(100);
});

test("survives a nesting that would overflow the stack", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level++) deep = [deep];
  expect(jsonText(deep)).toBe(`${"[".repeat(64)}"[Truncated]"${"]".repeat(64)}`);
});
