import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeJson } from "./encode-json.ts";

interface Vector {
  readonly name: string;
  readonly input: unknown;
  readonly expected: string;
}

const vectors = JSON.parse(
  readFileSync(new URL("../testdata/json-lines.json", import.meta.url), "utf8"),
) as readonly Vector[];

test.each(vectors)("$name", ({ input, expected }) => {
  expect(encodeJson(input)).toBe(expected);
});

test.each([
  [
    "values that JSON has not",
    { a: NaN, b: Infinity, c: 1n, d: undefined, e: new Date(NaN) },
    '{"a":null,"b":null,"c":"1","e":null}',
  ],
  ["-0 and 1e21", { a: -0, b: 1e21 }, '{"a":0,"b":1e+21}'],
  ["a __proto__ key", JSON.parse('{"__proto__":{"x":1}}'), '{"__proto__":{"x":1}}'],
  ["a BOM and bidi controls", ["\ufeff\u202e"], '["\\ufeff\\u202e"]'],
  ["record markers", ["CEF:0|", "leef:2.0|", "CEF: x"], '["CEF\\u003a0|","leef\\u003a2.0|","CEF: x"]'],
  ["a marker in a key", { "CEF:0": 1 }, '{"CEF\\u003a0":1}'],
  ["a Map", new Map([["a", 1]]), '{"a":1}'],
  ["undefined", undefined, "null"],
  ["a function", () => 1, "null"],
])("writes %s", (_name, value, expected) => {
  expect(encodeJson(value)).toBe(expected);
});

const atoms = fc.constantFrom(
  "\n",
  "\r",
  "\0",
  "\u001b",
  "\u0085",
  "\u2028",
  "\u202e",
  "\ufeff",
  "\ud800",
  "CEF:",
  "0",
  '"',
  "\\",
  "é",
);
const hostileText = fc
  .array(fc.oneof(atoms, fc.string({ maxLength: 3 })), { maxLength: 8 })
  .map((parts) => parts.join(""));
const hostileValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    hostileText,
    fc.constantFrom(null, true, 0, -1.5, 1e300),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(hostileText, tie("value"), { maxKeys: 4 }),
  ),
})).value;

test("any value is one printable line that reads back as the value", () => {
  fc.assert(
    fc.property(hostileValue, (value) => {
      const line = encodeJson(value);
      expect(line).not.toMatch(
        /[\0-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|CEF:\d/i,
      );
      expect(line.isWellFormed()).toBe(true);
      expect(encodeJson(JSON.parse(line))).toBe(line);
      if (!/\\ud[89a-f]/.test(JSON.stringify(value))) expect(JSON.parse(line)).toEqual(value);
    }),
    { seed: 20261123, numRuns: 3000 },
  );
});
