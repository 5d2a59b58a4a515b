import { PROPERTY_SEED } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { wellFormed } from "./well-formed.ts";

test("lone surrogates are replaced wherever they are, and nothing else", () => {
  const value = JSON.parse(
    '{"a\\ud800":["\\udc00x",{"b":"\\ud83e\\udd9e"},null,1,true],"__proto__":"\\udfff"}',
  ) as unknown;
  expect(JSON.stringify(wellFormed(value))).toBe(
    '{"a\ufffd":["\ufffdx",{"b":"\u{1f99e}"},null,1,true],"__proto__":"\ufffd"}',
  );
});

test("whatever JSON holds, it can be written in UTF-8 afterwards", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      const text = JSON.stringify(wellFormed(value));
      expect(new TextDecoder().decode(new TextEncoder().encode(text))).toBe(text);
      expect(text).toBe(JSON.stringify(wellFormed(JSON.parse(text))));
    }),
    { seed: PROPERTY_SEED, numRuns: 1000 },
  );
});
