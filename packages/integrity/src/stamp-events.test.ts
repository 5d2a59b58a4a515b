import { hostileEvent, PROPERTY_SEED, sampleEvents } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { genesisHash } from "./chain-hash.ts";
import { stampEvent } from "./stamp-event.ts";
import { stampEvents } from "./stamp-events.ts";

test("stamps an event without changing it", () => {
  const event = Object.freeze({
    id: "ev-000001",
    node_id: "node-a",
    event_type: "tool_call",
    ts: "2026-01-01T00:00:00Z",
  });
  expect(stampEvent(event, { previousHash: genesisHash })).toEqual({
    id: "ev-000001",
    node_id: "node-a",
    event_type: "tool_call",
    ts: "2026-01-01T00:00:00Z",
    chain_prev_hash: "0000000000000000000000000000000000000000000000000000000000000000",
    chain_hash: "3d14fc07a81213e330cc9385f7f3e7807c69d0a65a2184dc41de216b52d3f729",
    payload_hash: "74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b",
  });
});

test("a stamp that came with the event is replaced", () => {
  const event = { id: "e", chain_hash: "forged", chain_prev_hash: "forged", payload_hash: "forged" };
  const stamped = stampEvent({ ...event, data: { a: 1n } }, { previousHash: genesisHash });
  expect(stamped.chain_prev_hash).toBe(genesisHash);
  expect(stamped.payload_hash).toBeUndefined();
  expect(JSON.stringify({ ...stamped, data: null })).not.toContain("forged");
});

test.each(["", "0", "Z".repeat(64), "secret"])(
  "a previous hash of %j is refused without being shown",
  (previousHash) => {
    expect(() => stampEvent({}, { previousHash })).toThrow(
      new TypeError("previousHash must be 64 lower-case hex digits"),
    );
  },
);

test("stamps the samples as they were stamped, one chain per node", () => {
  const samples = sampleEvents();
  const { events, heads } = stampEvents(samples);
  expect(events.map(({ chain_hash, chain_prev_hash }) => [chain_hash, chain_prev_hash])).toEqual(
    samples.map(({ chain_hash, chain_prev_hash }) => [chain_hash, chain_prev_hash]),
  );
  expect(heads).toEqual({
    "mac-studio-7": samples.findLast(({ node_id }) => node_id === "mac-studio-7")?.["chain_hash"],
    "ci-runner-12": samples.findLast(({ node_id }) => node_id === "ci-runner-12")?.["chain_hash"],
  });
});

test("heads that were kept as JSON go on where they were", () => {
  const nodes = fc.constantFrom("a", "", "__proto__", "constructor");
  const event = fc.record({ id: fc.uuid(), node_id: nodes });
  fc.assert(
    fc.property(fc.array(event), fc.nat(20), (events, cut) => {
      const whole = stampEvents(events);
      const first = stampEvents(events.slice(0, cut));
      const kept = JSON.parse(JSON.stringify(first.heads)) as typeof first.heads;
      const second = stampEvents(events.slice(cut), kept);
      expect([...first.events, ...second.events]).toEqual(whole.events);
      expect(second.heads).toEqual(whole.heads);
    }),
    { seed: PROPERTY_SEED, numRuns: 300 },
  );
});

test("a batch that is thrown away leaves the heads as they were", () => {
  const { heads } = stampEvents([{ id: "1", node_id: "n" }]);
  const before = { ...heads };
  stampEvents([{ id: "lost", node_id: "n" }], heads);
  expect(heads).toEqual(before);
});

test("a head that is no hash is refused", () => {
  expect(() => stampEvents([{ id: "1", node_id: "n" }], { n: "x" })).toThrow(TypeError);
});

test("any event can be stamped", () => {
  fc.assert(
    fc.property(fc.array(hostileEvent(), { maxLength: 5 }), (events) => {
      expect(stampEvents(events).events).toHaveLength(events.length);
    }),
    { seed: PROPERTY_SEED, numRuns: 50 },
  );
});
