import { expect, test } from "vitest";
import { plainJson } from "./plain-json.ts";

test("writes plain values as JSON.stringify does", () => {
  const value = {
    a: [1, "x", null, true],
    b: { c: undefined, d: -0 },
    e: Object.assign(Object.create(null) as object, { f: "é" }),
  };
  expect(plainJson(value, 1000)).toBe('{"a":[1,"x",null,true],"b":{"d":0},"e":{"f":"é"}}');
});

const cycle: Record<string, unknown> = {};
cycle["self"] = cycle;

test.each([
  ["undefined", undefined],
  ["a BigInt", 5n],
  ["a function", { toJSON: () => 1 }],
  ["a Map", new Map()],
  ["a Date", new Date(0)],
  ["bytes", new Uint8Array(1)],
  ["a cycle", cycle],
  [
    "a getter that throws",
    {
      get a(): never {
        throw new Error("a");
      },
    },
  ],
])("leaves %s to others", (_name, value) => {
  expect(plainJson({ value }, 1000)).toBe(value === undefined ? "{}" : undefined);
});

test("gives up on what is too long or too deep", () => {
  expect(plainJson("x".repeat(98), 100)).toBe(`"${"x".repeat(98)}"`);
  expect(plainJson("x".repeat(99), 100)).toBeUndefined();
  expect(plainJson([[1]], 100, 2)).toBe("[[1]]");
  expect(plainJson([[1]], 100, 1)).toBeUndefined();
  expect(plainJson(undefined, 100)).toBeUndefined();
});
