import { expect, test } from "vitest";
import { closestName } from "./closest-name.ts";

const NAMES = ["host", "port", "protocol", "queueEvents", "queueBytes"];

test.each([
  ["protcol", "protocol"],
  ["portocol", "protocol"],
  ["PROTOCOLL", "protocol"],
  ["hots", "host"],
  ["hosts", "host"],
  ["queueevent", "queueEvents"],
  ["queue_events", "queueEvents"],
  ["proto", "protocol"],
  ["QUEUEE", "queueEvents"],
  ["queue", undefined],
  ["po", undefined],
  ["", undefined],
  ["hat", undefined],
  ["protection", undefined],
  ["protocol".repeat(100_000), undefined],
])("%s is taken for %s", (given, meant) => {
  expect(closestName(given, NAMES)).toBe(meant);
});
