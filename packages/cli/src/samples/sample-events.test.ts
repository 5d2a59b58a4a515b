import { describeEvent } from "@clawmetry/siem-events";
import { expect, test } from "vitest";
import { sampleData } from "./sample-data.ts";
import { ownSignatures, sampleEvents } from "./sample-events.ts";

const samples = sampleEvents(Date.UTC(2026, 10, 23), "session");

test("each sample is of the signature that it is for", () => {
  for (const { signatureId, name, event } of samples) {
    expect(describeEvent(event)).toMatchObject({ signatureId, signatureName: name, timeSource: undefined });
  }
});

test("with the exporter's own signatures they are all 48 there are", () => {
  const ids = [...samples.map(({ signatureId }) => signatureId), ...ownSignatures().map(({ id }) => id)];
  expect(new Set(ids).size).toBe(48);
  expect(ids).toHaveLength(48);
});

test("each has data of its own, so that fields are seen in the SIEM", () => {
  expect(samples.map(({ signatureId }) => signatureId).filter((id) => !sampleData.has(id))).toEqual([]);
  expect(sampleData.size).toBe(44);
});

test("the data is understood: tools, people, models, failures and rules", () => {
  const facts = new Map(samples.map(({ signatureId, event }) => [signatureId, describeEvent(event)]));
  expect(facts.get(1001)).toMatchObject({ tools: ["bash"], command: "echo sample event" });
  expect(facts.get(1003)).toMatchObject({ mcpServer: "sample" });
  expect(facts.get(1004)).toMatchObject({ outcome: "failure" });
  expect(facts.get(2001)).toMatchObject({ sender: "sample-user", senderId: "U000", channel: "slack" });
  expect(facts.get(3001)).toMatchObject({ model: "sample-model", inputTokens: 100, outputTokens: 20 });
  expect(facts.get(5001)).toMatchObject({ reason: expect.stringContaining("spent 10.5") as string });
  expect(facts.get(6001)).toMatchObject({ rule: "SAMPLE-1", cefSeverity: 8 });
});
