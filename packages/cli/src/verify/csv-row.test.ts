import { PROPERTY_SEED } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvRow, endsInField } from "./csv-row.ts";

test.each([
  ["", [""]],
  ["a,b", ["a", "b"]],
  ["a,", ["a", ""]],
  [",", ["", ""]],
  ['"a,b","c""d"', ["a,b", 'c"d']],
  ['"",x', ["", "x"]],
  ['a"b,c', ['a"b', "c"]],
  ['"a"b,c', ["ab", "c"]],
  ['"open', ["open"]],
])("%j has the fields %j", (row, fields) => {
  expect(csvRow(row)).toEqual(fields);
});

test("a row is read back, whatever its fields hold", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (fields) => {
      const row = fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(",");
      expect(csvRow(row)).toEqual(fields);
      expect(endsInField(row)).toBe(false);
      expect(endsInField(`${row},"`)).toBe(true);
    }),
    { seed: PROPERTY_SEED },
  );
});
