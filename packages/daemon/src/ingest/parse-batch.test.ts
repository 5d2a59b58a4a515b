import { expect, test } from "vitest";
import { parseBatch } from "./parse-batch.ts";

const event = { event_type: "tool.call" };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const json = (value: unknown): Uint8Array => bytes(JSON.stringify(value));

test.each([
  ["one event", event, [event]],
  ["a batch", { events: [event, { ...event, id: "e2" }] }, [event, { ...event, id: "e2" }]],
  [
    "null where an event names nothing",
    { ...event, id: null, ts: null, node_id: null },
    [{ ...event, id: null, ts: null, node_id: null }],
  ],
  [
    "fields of anybody's own",
    { ...event, mine: [1, { deep: true }], ts: 1795403045.5 },
    [{ ...event, mine: [1, { deep: true }], ts: 1795403045.5 }],
  ],
])("takes %s", (_name, body, events) => {
  expect(parseBatch(json(body))).toEqual(events);
});

test.each([
  ["no JSON", bytes('{"event_type":"secret'), "bad_request", "the body must be JSON in UTF-8"],
  ["nothing", bytes(""), "bad_request", "the body must be JSON in UTF-8"],
  ["no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), "bad_request", "the body must be JSON in UTF-8"],
  ["a list", json([event]), "bad_event", "the event must be a JSON object"],
  ["null", json(null), "bad_event", "the event must be a JSON object"],
  ["no batch", json({ events: event }), "bad_request", "events must be an array"],
  ["an empty batch", json({ events: [] }), "bad_request", "a batch must have at least one event"],
  [
    "a batch with something beside",
    json({ events: [event], run: 1 }),
    "bad_request",
    "a batch must have no other key than events",
  ],
  [
    "1001 events",
    json({ events: Array.from({ length: 1001 }, () => event) }),
    "too_many_events",
    "a batch must have at most 1000 events, got 1001",
  ],
  [
    "no event_type",
    json({ id: "e1" }),
    "bad_event",
    "the event.event_type must be text of 1 to 256 well-formed characters",
  ],
  [
    "an id that is a number",
    json({ events: [event, { ...event, id: 5 }] }),
    "bad_event",
    "events[1].id must be null or text of 0 to 256 well-formed characters",
  ],
  [
    "an id that is too long",
    json({ ...event, id: "x".repeat(257) }),
    "bad_event",
    "the event.id must be null or text of 0 to 256 well-formed characters",
  ],
  [
    "half a character",
    bytes('{"event_type":"tool.call","node_id":"\\ud800"}'),
    "bad_event",
    "the event.node_id must be null or text of 0 to 256 well-formed characters",
  ],
  [
    "a time that is an object",
    json({ ...event, ts: {} }),
    "bad_event",
    "the event.ts must be null, text of up to 64 characters or a number",
  ],
  [
    "101 levels",
    bytes(`{"event_type":"x","data":${"[".repeat(100)}${"]".repeat(100)}}`),
    "bad_event",
    "the event must have at most 100 levels of objects and arrays",
  ],
])("refuses %s, and shows nothing of it", (_name, body, code, message) => {
  expect(() => parseBatch(body)).toThrow(expect.objectContaining({ name: "IngestError", code, message }));
});

test("100 levels are taken, and a batch of 1000", () => {
  expect(parseBatch(bytes(`{"event_type":"x","data":${"[".repeat(99)}${"]".repeat(99)}}`))).toHaveLength(1);
  expect(parseBatch(json({ events: Array.from({ length: 1000 }, () => event) }))).toHaveLength(1000);
});
