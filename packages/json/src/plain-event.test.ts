import { expect, test } from "vitest";
import { noMemory } from "./json-memory.ts";
import { plainEvent } from "./plain-event.ts";

test("writes the properties in their order, each after a comma", () => {
  const event = {
    ts: "2026-01-02T03:04:05Z",
    "a key": [1, { b: "x\n" }],
    id: 'e"1',
    session_id: null,
    model: undefined,
    cost_usd: -0,
    token_count: NaN,
    ok: true,
    text: "CEF:0|é",
  };
  expect(plainEvent(event, 1000, noMemory)).toBe(
    ',"ts":"2026-01-02T03:04:05Z","a key":[1,{"b":"x\\n"}],"id":"e\\"1","session_id":null,"cost_usd":0,"token_count":null,' +
      '"ok":true,"text":"CEF\\u003a0|é"',
  );
});

test("escapes what is unsafe in a key", () => {
  const event = { "CEF:0": 1, '"\u202e': "x", "\ud800": 2 };
  expect(plainEvent(event, 1000, noMemory)).toBe(',"CEF\\u003a0":1,"\\"\\u202e":"x","\ufffd":2');
});

test.each([
  ["an event with a siem of its own", { siem: 1 }],
  ["an event with a siem that is undefined", { siem: undefined }],
  ["a BigInt", { id: 1n }],
  ["a toJSON", { toJSON: () => 1 }],
  ["a Date", { ts: new Date(0) }],
  ["a list", [1]],
  ["a lone surrogate", { id: "\ud800" }],
  ["a text that is too long", { id: "x".repeat(1001) }],
  ["texts that are too long together", { a: "x".repeat(600), b: "x".repeat(600) }],
  [
    "a getter that throws",
    {
      get id(): never {
        throw new Error("id");
      },
    },
  ],
])("leaves %s to others", (_name, event) => {
  expect(plainEvent(event, 1000, noMemory)).toBeUndefined();
});

test("leaves an event to others where every object was given a property", () => {
  const extended = Object.prototype as Record<string, unknown>;
  extended["node_id"] = "forged";
  const json = plainEvent({ id: "e" }, 1000, noMemory);
  delete extended["node_id"];
  expect(json).toBeUndefined();
});
