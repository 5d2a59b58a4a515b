import { hostileEvent, PROPERTY_SEED, sampleEvents } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatJson } from "./format-json.ts";
import { createJsonMemory } from "./json-memory.ts";

const options = { nowMs: 1795403100000, hostname: "gw01", sequence: { boot: "00c0ffee", number: 7 } };

test("lines are the same with a memory and without", () => {
  const memory = createJsonMemory();
  for (const event of [...sampleEvents(), ...sampleEvents()]) {
    expect(formatJson(event, { ...options, memory })).toBe(formatJson(event, options));
  }
});

test("lines of hostile events that have texts in common are the same with a memory and without", () => {
  const memory = createJsonMemory();
  const texts = fc.constantFrom<unknown>("s1", 's"2', "CEF:0", "s\\", "\ud800", "a\nb", "é", "", null, undefined, 7);
  const fields = fc.record({
    event_type: texts,
    session_id: texts,
    agent_id: texts,
    node_id: texts,
    agent_type: texts,
  });
  fc.assert(
    fc.property(hostileEvent(), fields, (event, chained) => {
      const given: Record<string, unknown> = { workspace_id: "/srv", ...event, ...chained };
      expect(formatJson(given, { ...options, memory })).toBe(formatJson(given, options));
    }),
    { seed: PROPERTY_SEED, numRuns: 500 },
  );
});

test("more texts than are remembered, and long ones, change no line", () => {
  const memory = createJsonMemory();
  for (let number = 0; number < 300; number++) {
    const event = { session_id: `s${number % 100}`, agent_id: "a".repeat(number), event_type: `t${number % 70}` };
    expect(formatJson(event, { ...options, memory })).toBe(formatJson(event, options));
  }
});

test("the same memory serves two hosts, and descriptions that say something else of the same event", () => {
  const memory = createJsonMemory();
  expect(formatJson({}, { memory, hostname: "gw01" })).toContain(',"host":"gw01",');
  expect(formatJson({}, { memory, hostname: "gw02" })).toContain(',"host":"gw02",');
  expect(formatJson({}, { memory })).not.toContain("host");
  const event = { event_type: "tool.result", data: { is_error: true } };
  expect(formatJson(event, { memory })).toContain('"severity":4');
  expect(formatJson({ event_type: "tool.result" }, { memory })).toContain('"severity":3');
});
