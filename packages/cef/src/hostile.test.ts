import { describeEvent } from "@clawmetry/siem-events";
import { bigHostileText, hostileEvent, PROPERTY_SEED } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatCef } from "./format-cef.ts";
import { parseCef } from "./parse-cef.ts";

const UNSAFE = /[\0-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
const nowMs = 1767323045678;

function check(event: Record<string, unknown>, maxBytes: number): void {
  const line = formatCef(event, { nowMs, maxBytes, content: "all", hostname: "gw01" });
  expect(line).not.toMatch(UNSAFE);
  expect(line.isWellFormed()).toBe(true);
  expect(line.slice(1)).not.toMatch(/(?:CEF|LEEF):\d/i);
  const { signatureId, severity, extensions } = parseCef(line);
  const description = describeEvent(event, { nowMs });
  expect([signatureId, severity]).toEqual([String(description.signatureId), description.cefSeverity]);
  expect(extensions["rt"]).toMatch(/^\d{1,15}$/);
  expect(line.endsWith(`rt=${String(extensions["rt"])}`)).toBe(true);
}

test("any hostile event is one safe line that parses", () => {
  fc.assert(
    fc.property(hostileEvent(), (event) => {
      check(event, Infinity);
    }),
    { seed: PROPERTY_SEED, numRuns: 1000 },
  );
});

test.each([1180, 1400, 8000, 65_000])("any hostile event of any size fits %i bytes", (maxBytes) => {
  fc.assert(
    fc.property(hostileEvent(fc.oneof(fc.constant("x"), bigHostileText())), (fields) => {
      // Hashes are never cut: of the fields that are not, they are the only ones that are not bounded.
      const event = { ...fields, chain_hash: "a".repeat(64) };
      check(event, maxBytes);
      expect(Buffer.byteLength(formatCef(event, { nowMs, maxBytes }))).toBeLessThanOrEqual(maxBytes);
    }),
    { seed: PROPERTY_SEED, numRuns: 20 },
  );
});
