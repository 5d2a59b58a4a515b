import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { payloadHash } from "./payload-hash.ts";

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

test("a known result", () => {
  expect(payloadHash({ b: 2, a: "é" })).toBe(sha256('{"a":"é","b":2}'));
  expect(payloadHash({})).toBe("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
});

test.each([
  ["missing data", undefined, "null"],
  ["null", null, "null"],
  ["text, also one that holds JSON", '{"a":1}', '"{\\"a\\":1}"'],
  ["bytes, as their text", new TextEncoder().encode('{"a":1}'), '"{\\"a\\":1}"'],
  ["a part of a buffer", new Uint8Array([0x78, 0xc3, 0xa9, 0x79]).subarray(1, 3), '"é"'],
  ["a buffer", new Uint8Array([0x61]).buffer, '"a"'],
  ["bytes that are no UTF-8", new Uint8Array([0xff, 0x61]), '"\ufffda"'],
  ["an array", [3, "a", null], '[3,"a",null]'],
  ["a number", 1.5, "1.5"],
  ["a lone surrogate, which UTF-8 has not", { "k\udfff": "\ud800x" }, '{"k\ufffd":"\ufffdx"}'],
  ["NaN, which a store has as null", { a: NaN }, '{"a":null}'],
  ["a date", { a: new Date(0) }, '{"a":"1970-01-01T00:00:00.000Z"}'],
])("hashes %s", (_name, data, hashed) => {
  expect(payloadHash(data)).toBe(sha256(hashed));
});

const cycle: unknown[] = [];
cycle.push(cycle);

test.each([
  ["a cycle", cycle],
  ["a BigInt", { a: 1n }],
  ["a Map", new Map()],
  ["bytes inside an object", { a: new Uint8Array(1) }],
  ["two keys that become one", { "\ud800": 1, "\udc00": 2 }],
])("%s has no hash", (_name, data) => {
  expect(payloadHash(data)).toBeUndefined();
});
