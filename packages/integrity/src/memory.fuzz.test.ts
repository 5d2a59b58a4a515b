import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createChainVerifier } from "./chain-verifier.ts";
import { stampEvents } from "./stamp-events.ts";

const COUNT = 200_000;

function usedBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

// As a reader of lines has it: the texts are parts of the line, and keep all of it in memory.
function cutOutOf(line: string, event: object = {}): object {
  const entries = Object.entries(event).map(([key, value]) => {
    const start = typeof value === "string" ? line.indexOf(value) : -1;
    return [key, start === -1 ? value : line.slice(start, start + String(value).length)] as const;
  });
  return Object.fromEntries(entries);
}

test("keeps less than 1 kB of an event, however large it is", () => {
  const verifier = createChainVerifier();
  const before = usedBytes();
  let heads = {};
  for (let number = 0; number < COUNT; number++) {
    const id = `evt_${String(number).padStart(24, "0")}`;
    const batch = stampEvents([{ id, node_id: "n", ts: number, data: "x".repeat(2000) }], heads);
    heads = batch.heads;
    verifier.add(cutOutOf(JSON.stringify(batch.events[0]), batch.events[0]));
  }
  expect((usedBytes() - before) / COUNT).toBeLessThan(1000);
  expect(verifier.report()).toMatchObject({ status: "valid", verified: COUNT });
});
