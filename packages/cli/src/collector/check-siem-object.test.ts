import { formatJson } from "@clawmetry/siem-json";
import { expect, test } from "vitest";
import { checkSiemObject } from "./check-siem-object.ts";

const LEAST = { schema: 1, signature_id: 1001, signature_name: "Tool Call", type: "tool.call", severity: 3 };

test("what must be there is enough", () => {
  expect(checkSiemObject(LEAST)).toEqual([]);
});

test("every key that is missing is named", () => {
  expect(checkSiemObject({})).toEqual([
    "JSON: siem.schema is missing",
    "JSON: siem.signature_id is missing",
    "JSON: siem.signature_name is missing",
    "JSON: siem.type is missing",
    "JSON: siem.severity is missing",
  ]);
});

test.each([
  ["schema", "1", "1"],
  ["schema", 2, "1"],
  ["signature_id", "1001", "an integer above 0"],
  ["signature_id", 10.5, "an integer above 0"],
  ["signature_name", 5, "a text"],
  ["type", null, "a text"],
  ["severity", "x", "an integer from 0 to 10"],
  ["severity", 11, "an integer from 0 to 10"],
  ["severity", -1, "an integer from 0 to 10"],
  ["time", 1_795_403_046_678, "a time such as 2026-11-23T03:04:06.678Z"],
  ["time", "2026-11-23 03:04:06", "a time such as 2026-11-23T03:04:06.678Z"],
  ["time", "2026-11-23T03:04:06+01:00", "a time such as 2026-11-23T03:04:06.678Z"],
  ["time", "2026-02-30T03:04:06Z", "a time such as 2026-11-23T03:04:06.678Z"],
  ["time", "2026-13-01T03:04:06Z", "a time such as 2026-11-23T03:04:06.678Z"],
  ["time_source", "clock", "receipt"],
  ["outcome", true, "success or failure"],
  ["tools", "bash", "an array of texts"],
  ["tools", ["bash", 1], "an array of texts"],
  ["call_ids", {}, "an array of texts"],
  ["changed", [null], "an array of texts"],
  ["truncated", 3, "an array of texts"],
  ["seq", 0, "an integer above 0"],
  ["seq", "1", "an integer above 0"],
  ["boot", "0123ABCD", "8 hex digits in lower case"],
  ["boot", 12_345_678, "8 hex digits in lower case"],
  ["cost_usd", "0.5", "a number"],
  ["command", ["ls"], "a text"],
  ["recipient_id", 7, "a text"],
])("siem.%s of %j is refused without being shown", (key, value, allowed) => {
  expect(checkSiemObject({ ...LEAST, [key]: value })).toEqual([`JSON: siem.${key} must be ${allowed}`]);
});

test.each([
  { time: "2026-11-23T03:04:06.678Z" },
  { time: "2024-02-29T23:59:59Z" },
  { severity: 0 },
  { severity: 10 },
  { tools: [], seq: 1, boot: "00000000" },
  { accepted: 5, not_known_yet: {} },
])("%j is fine", (more) => {
  expect(checkSiemObject({ ...LEAST, ...more })).toEqual([]);
});

test("keys that an object merely inherits are missing", () => {
  expect(checkSiemObject(Object.create(LEAST) as typeof LEAST)).toHaveLength(5);
});

test("what formatJson writes is fine, short or not", () => {
  const event = { id: "a", event_type: "tool.call", data: { name: "bash", input: { command: "x".repeat(5000) } } };
  const options = {
    nowMs: 1_795_403_046_678,
    hostname: "gw01",
    sequence: { boot: "0a1b2c3d", number: 7 },
    maxBytes: 900,
  };
  const { siem } = JSON.parse(formatJson(event, options)) as { siem: Record<string, unknown> };
  expect(siem["truncated"]).toBeDefined();
  expect(checkSiemObject(siem)).toEqual([]);
});
