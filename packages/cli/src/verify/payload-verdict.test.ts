import { stampEvents } from "@clawmetry/integrity";
import { type AgentEvent } from "@clawmetry/siem-events";
import { hostileEvents } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import { chainedEvents, chainedLines } from "../testing/chained-lines.ts";
import { reportOf } from "../testing/verify-lines.ts";

const none = { verified: 0, altered: [], cef: 0, notHeld: 0, notWhole: 0, noHash: 0 };
const text = "x".repeat(3000);

function stamp(data: unknown): ReturnType<typeof chainedEvents> {
  return stampEvents([{ ...chainedEvents(1)[0], data }]).events;
}

test.each([
  ["an object", { a: 1 }, {}, { verified: 1 }],
  ["an object as text", { a: 1 }, { jsonData: "string" }, { verified: 1 }],
  ["text", "hello", {}, { verified: 1 }],
  ["JSON text", '{"a": 1}', {}, { verified: 1 }],
  ["bytes", new TextEncoder().encode("{}"), {}, { verified: 1 }],
  ["nothing", undefined, {}, { verified: 1 }],
  ["an object that is left out", { a: 1 }, { jsonData: "omit" }, { notHeld: 1 }],
  ["an object that was cut", { text }, { maxMessageBytes: 1400 }, { notWhole: 1 }],
  ["text that was cut", text, { maxMessageBytes: 1400 }, { notWhole: 1 }],
  ["text that is not shown", { text: "secret" }, { content: "none" }, { notWhole: 1 }],
  ["JSON text of which a part is not shown", '{"text":"secret"}', { content: "tools" }, { notWhole: 1 }],
  ["what is no JSON", { a: 1n }, {}, { noHash: 1 }],
] as const)("the payload of %s", async (_name, data, options, expected) => {
  const report = await reportOf(chainedLines(stamp(data), { format: "json", ...options }));
  expect(report).toMatchObject({ proven: true, payloads: { ...none, ...expected } });
});

test("a payload of CEF is not provable", async () => {
  const report = await reportOf(chainedLines(stamp({ a: 1 }), { format: "cef" }));
  expect(report.payloads).toEqual({ ...none, cef: 1 });
});

test("data in which a key stands twice is altered, whichever of them was hashed", async () => {
  const lines = chainedLines(stamp({ a: 1 }), { format: "json", jsonData: "string" });
  const forged = lines.map((line) => line.replace('"data":"{\\"a\\":1}"', '"data":"{\\"a\\":2,\\"a\\":1}"'));
  expect(forged).not.toEqual(lines);
  expect((await reportOf(forged)).payloads.altered).toEqual([{ id: "e1", nodeId: "n", place: "-:1" }]);
});

test("no hostile event that was left alone is altered, in its identity or in its payload", async () => {
  const { events } = stampEvents(hostileEvents(500) as readonly AgentEvent[]);
  for (const options of [{ format: "json" }, { format: "json", maxMessageBytes: 1400 }, { format: "cef" }] as const) {
    const { nodes, payloads, contradictory, unreadable, foreign } = await reportOf(chainedLines(events, options));
    expect(nodes.flatMap(({ altered }) => altered)).toEqual([]);
    expect(payloads.altered).toEqual([]);
    expect(contradictory).toEqual([]);
    expect([...unreadable, ...foreign]).toEqual([]);
  }
});
