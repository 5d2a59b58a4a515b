import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { formatRfc5424 } from "./format-rfc5424.ts";
import { parseSyslog } from "./parse-syslog.ts";
import { formatStructuredData } from "./structured-data.ts";

interface ParamValueVector {
  readonly name: string;
  readonly value: string;
  readonly encoded: string;
  readonly decoded: string;
}

// Read, not imported: Vite's JSON parser takes no lone surrogate.
const vectors = JSON.parse(
  readFileSync(new URL("../testdata/param-value.json", import.meta.url), "utf8"),
) as readonly ParamValueVector[];

test.each(vectors)("PARAM-VALUE: $name", ({ value, encoded, decoded }) => {
  expect(formatStructuredData([["oc@32473", [["k", value]]]])).toBe(`[oc@32473 k="${encoded}"]`);
  const line = formatRfc5424({
    facility: 1,
    severity: 5,
    timeMs: null,
    structuredData: [["oc@32473", [["k", value]]]],
    message: "x",
  });
  expect(parseSyslog(line)).toEqual({
    facility: 1,
    severity: 5,
    timeMs: null,
    structuredData: [["oc@32473", [["k", decoded]]]],
    message: "x",
  });
});

test("no element is the nil value", () => {
  expect(formatStructuredData()).toBe("-");
  expect(formatStructuredData([])).toBe("-");
});

test("names lose what would end them, and are cut to 32 characters", () => {
  expect(formatStructuredData([['a=b]c"d e\n\u{1f600}', [["x y=\ud800", ""]]]])).toBe('[a_b_c_d_e__ x_y__=""]');
  expect(formatStructuredData([["i".repeat(40), [["\u{1f600}".repeat(40), "v"]]]])).toBe(
    `[${"i".repeat(32)} ${"_".repeat(32)}="v"]`,
  );
  expect(formatStructuredData([["", [["", ""]]]])).toBe('[_ _=""]');
});

test("elements of one SD-ID are written as one, with all parameters", () => {
  expect(
    formatStructuredData([
      ["a", [["k", "1"]]],
      ["b", []],
      ["a", [["k", "2"]]],
      [
        "b",
        [
          ["k", "3"],
          ["l", "4"],
        ],
      ],
    ]),
  ).toBe('[a k="1" k="2"][b k="3" l="4"]');
});

test("elements whose SD-IDs are equal only after the cut are written as one too", () => {
  expect(
    formatStructuredData([
      [`${"i".repeat(32)}1`, [["k", "1"]]],
      [`${"i".repeat(32)}2`, [["k", "2"]]],
    ]),
  ).toBe(`[${"i".repeat(32)} k="1" k="2"]`);
});
