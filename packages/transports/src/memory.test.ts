import { describeTransport, patient } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import { memoryTransport } from "./memory.ts";

describeTransport("memoryTransport", () => {
  const transport = memoryTransport();
  return Promise.resolve({
    transport,
    received: () => transport.messages,
    waitFor: () => Promise.resolve(), // a send has arrived when it resolves
    dispose: () => Promise.resolve(),
  });
});

test("the oldest messages are let go above the capacity", async () => {
  const transport = memoryTransport({ capacity: 2 });
  await transport.send(["a", "b", "c"], patient());
  await transport.send(["d"], patient());
  expect(transport.messages).toEqual(["c", "d"]);
});

test.each([0, -1, 1.5, NaN, Infinity])("a capacity of %d is refused", (capacity) => {
  expect(() => memoryTransport({ capacity })).toThrow("capacity must be a whole number above 0");
});
