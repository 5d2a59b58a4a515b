import { type Heartbeat, systemEffects } from "@clawmetry/siem-core";
import { type AgentEvent } from "@clawmetry/siem-events";
import { expect, test } from "vitest";
import { createOwnEvents, type OwnEvents } from "./own-events.ts";

const heartbeat: Heartbeat = {
  kind: "heartbeat",
  accepted: 0,
  sent: 0,
  dropped: 0,
  queued: 0,
  lastSeq: 0,
  state: "idle",
  target: "udp://siem.example:514",
};

function setup(heads: readonly string[], fits: (event: AgentEvent) => boolean = () => true): OwnEvents {
  return createOwnEvents({ chainHeads: { note: () => undefined, list: () => heads }, effects: systemEffects, fits });
}
function headsOf(event: AgentEvent): readonly string[] | undefined {
  return (event.data as { chain_heads?: readonly string[] }).chain_heads;
}

test("an event is own by identity alone", () => {
  const own = setup([]);
  const event = own.make(heartbeat);
  expect(own.isOwn(event)).toBe(true);
  expect(own.isOwn({ ...event })).toBe(false);
  expect(own.isOwn(structuredClone(event))).toBe(false);
  expect(setup([]).isOwn(event)).toBe(false);
});

test.each([null, undefined, 5, "text"])("%o is nobody's own event", (event) => {
  expect(setup([]).isOwn(event as never)).toBe(false);
});

test("chain heads end before 1023 characters, with a whole entry", () => {
  const heads = Array.from({ length: 16 }, (_, index) => `node-${String(index).padStart(2, "0")}:${"a".repeat(64)}`);
  expect(headsOf(setup(heads).make(heartbeat))).toEqual(heads.slice(0, 14));
  expect(headsOf(setup(["x".repeat(1023)]).make(heartbeat))).toEqual(["x".repeat(1023)]);
  expect(headsOf(setup(["x".repeat(1024)]).make(heartbeat))).toBeUndefined();
});

test("of the chain heads as many are listed as fit into a message", () => {
  const fits = (most: number) => (event: AgentEvent) => (headsOf(event)?.length ?? 0) <= most;
  expect(headsOf(setup(["a", "b", "c"], fits(2)).make(heartbeat))).toEqual(["a", "b"]);
  expect(headsOf(setup(["a", "b", "c"], fits(0)).make(heartbeat))).toBeUndefined();
});
