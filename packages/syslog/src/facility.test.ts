import { expect, test } from "vitest";
import { facilities, parseFacility } from "./facility.ts";

test("the 24 facilities stand at their numbers", () => {
  expect(facilities).toHaveLength(24);
  expect([facilities[0], facilities[4], facilities[9], facilities[16], facilities[23]]).toEqual([
    "kern",
    "auth",
    "cron",
    "local0",
    "local7",
  ]);
});

test("every name and every number gives its facility", () => {
  for (const [number, name] of facilities.entries()) {
    expect([parseFacility(name), parseFacility(number), parseFacility(String(number))]).toEqual([
      number,
      number,
      number,
    ]);
  }
});

test("a name may be in capitals", () => {
  expect(parseFacility("LOCAL0")).toBe(16);
});

test.each(["", "local8", "24", "-1", "016", " 16", "16.0", "1e1", "__proto__", 24, -1, 1.5, Number.NaN])(
  "%j is no facility",
  (value) => {
    expect(parseFacility(value)).toBeUndefined();
  },
);
