import { hostileEvent, PROPERTY_SEED, sampleEvents } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createCefMemory } from "./cef-memory.ts";
import { formatCef } from "./format-cef.ts";

const options = { nowMs: 1795403100000, hostname: "gw01", sequence: { boot: "00c0ffee", number: 7 } };

test("lines are the same with a memory and without", () => {
  const memory = createCefMemory();
  for (const event of [...sampleEvents(), ...sampleEvents()]) {
    expect(formatCef(event, { ...options, memory })).toBe(formatCef(event, options));
  }
});

test("lines of hostile events of few sessions are the same with a memory and without", () => {
  const memory = createCefMemory();
  const sessions = fc.constantFrom<unknown>("s1", "s2", "s 3", "s=4", "f:5", "", null, 6);
  const names = fc.constantFrom<unknown>("main", "a=b", " a", "a\nb", undefined, 7);
  const fields = fc.record({ session_id: sessions, agent_id: names, node_id: names, agent_type: names });
  fc.assert(
    fc.property(hostileEvent(), fields, (event, chained) => {
      const given: Record<string, unknown> = { workspace_id: "/srv", ...event, ...chained };
      expect(formatCef(given, { ...options, memory })).toBe(formatCef(given, options));
    }),
    { seed: PROPERTY_SEED, numRuns: 500 },
  );
});

test("a session whose agent changes, and more sessions than are remembered, change no line", () => {
  const memory = createCefMemory();
  for (let number = 0; number < 300; number++) {
    const event = { session_id: `s${number % 100}`, agent_id: `a${number % 7}`, agent_type: "t", node_id: "n" };
    const given = { ...event, workspace_id: "w", event_type: "tool.call" };
    expect(formatCef(given, { ...options, memory })).toBe(formatCef(given, options));
  }
});

test("the same memory serves two host names", () => {
  const memory = createCefMemory();
  const event = { session_id: "s", agent_id: "a", agent_type: "t", node_id: "n", workspace_id: "w" };
  expect(formatCef(event, { memory, hostname: "gw01" })).toContain(" dvchost=gw01 ");
  expect(formatCef(event, { memory, hostname: "gw02" })).toContain(" dvchost=gw02 ");
  expect(formatCef(event, { memory })).not.toContain("dvchost");
});
