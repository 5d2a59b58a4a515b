import { PROPERTY_SEED } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hasRepeatedKey } from "./has-repeated-key.ts";

test.each([
  ['{"a":1,"b":1}', false],
  ['{"a":1,"a":1}', true],
  ['{"a":1,"\\u0061":1}', true],
  ['{"a" : 1 , "a"\t: 1}', true],
  ['{"a":{"a":[{"a":1},{"a":1}]}}', false],
  ['{"a":[{"b":1,"c":{"b":2},"b":1}]}', true],
  ['{"a":"a","b":"a\\":"}', false],
  ['{"a\\\\":1,"a\\\\":2}', true],
  ['{"a":"{\\"a\\":1","b":"}"}', false],
  ['["a","a"]', false],
  ['{"__proto__":1,"constructor":2}', false],
  ['{"\ufffd":1,"\ufffd":2}', false],
])("%s", (json, expected) => {
  expect(hasRepeatedKey(json)).toBe(expected);
});

test("what JSON.stringify writes has no key twice, and one more of any key is found", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()), (object) => {
      const json = JSON.stringify(object);
      expect(hasRepeatedKey(json)).toBe(false);
      const [key] = Object.keys(object).filter((name) => !name.includes("\ufffd"));
      fc.pre(key !== undefined);
      expect(hasRepeatedKey(`{${JSON.stringify(key)}:0,${json.slice(1)}`)).toBe(true);
    }),
    { seed: PROPERTY_SEED },
  );
});
