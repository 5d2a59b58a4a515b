import { hostileEvent, PROPERTY_SEED } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { genesisHash } from "./chain-hash.ts";
import { payloadHash } from "./payload-hash.ts";
import { stampEvent } from "./stamp-event.ts";
import { verifyPayload } from "./verify-payload.ts";

const data = { b: [1, "é"], a: null };
const payload_hash = payloadHash(data);
const bytes = new TextEncoder().encode(' {"a":null,"b":[1,"é"]}');

test.each([
  ["the data as it was", { data, payload_hash }, "verified"],
  ["its keys in another order", { data: { a: null, b: [1, "é"] }, payload_hash }, "verified"],
  ["the JSON text of it", { data: JSON.stringify(data), payload_hash }, "verified"],
  ["the JSON text of it as bytes", { data: bytes, payload_hash }, "verified"],
  ["text that was hashed as text", { data: "hi", payload_hash: payloadHash("hi") }, "verified"],
  ["no data, as it was", { payload_hash: payloadHash(undefined) }, "verified"],
  ["one more item", { data: { ...data, b: [1, "é", 2] }, payload_hash }, "altered"],
  ["one byte of text", { data: "hj", payload_hash: payloadHash("hi") }, "altered"],
  ["a blank in JSON that was hashed as text", { data: "{ }", payload_hash: payloadHash("{}") }, "altered"],
  ["text that is the JSON of the text", { data: '"hi"', payload_hash: payloadHash("hi") }, "altered"],
  ["null instead of data", { data: null, payload_hash }, "altered"],
  ["another hash", { data, payload_hash: payloadHash({}) }, "altered"],
  ["a hash in capitals", { data, payload_hash: payload_hash?.toUpperCase() }, "altered"],
  ["a hash that is a number", { data, payload_hash: 5 }, "altered"],
  ["data that has no hash", { data: { a: 1n }, payload_hash }, "altered"],
  ["no hash", { data }, "missing"],
  ["an empty hash", { data, payload_hash: "" }, "missing"],
  ["the hash of some data, and no data", { payload_hash }, "missing"],
  ["no event", null, "missing"],
  ["text for an event", "x", "missing"],
])("%s", (_name, event, status) => {
  expect(verifyPayload(event)).toBe(status);
});

test("a stamped event is verified after any store of JSON", () => {
  fc.assert(
    fc.property(hostileEvent(), (event) => {
      const stamped = stampEvent(event, { previousHash: genesisHash });
      fc.pre(stamped.payload_hash !== undefined);
      expect(verifyPayload(stamped)).toBe("verified");
      expect(verifyPayload({ ...stamped, data: JSON.parse(JSON.stringify(stamped.data ?? null)) as unknown })).toBe(
        "verified",
      );
      expect(verifyPayload({ ...stamped, data: { other: stamped.data } })).toBe("altered");
    }),
    { seed: PROPERTY_SEED, numRuns: 1000 },
  );
});
