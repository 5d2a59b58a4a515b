import { describeEvent } from "@clawmetry/siem-events";
import { bigHostileText, hostileEvent, PROPERTY_SEED } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeJson } from "./encode-json.ts";
import { formatJson } from "./format-json.ts";

const UNSAFE = /[\0-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const nowMs = 1767323045678;

function check(event: Record<string, unknown>, line: string): void {
  expect(line).not.toMatch(UNSAFE);
  expect(line.isWellFormed()).toBe(true);
  expect(line).not.toMatch(/(?:CEF|LEEF):\d/i);
  const parsed = JSON.parse(line) as Record<string, Record<string, unknown>>;
  const { signatureId, cefSeverity } = describeEvent(event, { nowMs });
  expect(parsed["siem"]).toMatchObject({ schema: 1, signature_id: signatureId, severity: cefSeverity });
  expect(encodeJson(parsed)).toBe(line);
}

test.each(["none", "tools", "all"] as const)(
  "content %s: any hostile event is one safe line that parses",
  (content) => {
    fc.assert(
      fc.property(hostileEvent(), (event) => {
        check(event, formatJson(event, { nowMs, content }));
      }),
      { seed: PROPERTY_SEED, numRuns: 500 },
    );
  },
);

test.each([1180, 1400, 8000, 65_000])("any hostile event of any size fits %i bytes", (maxBytes) => {
  fc.assert(
    fc.property(hostileEvent(fc.oneof(fc.constant("x"), bigHostileText())), (fields) => {
      const event: Record<string, unknown> = { ...fields, id: "evt_1", chain_hash: "a".repeat(64) };
      delete event["chain_prev_hash"];
      const line = formatJson(event, { nowMs, maxBytes });
      check(event, line);
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(maxBytes);
    }),
    { seed: PROPERTY_SEED, numRuns: 20 },
  );
});
