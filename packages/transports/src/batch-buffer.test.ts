import { expect, test } from "vitest";
import { createBatchBuffer } from "./batch-buffer.ts";

test("memory is used again for a batch that fits", () => {
  const buffer = createBatchBuffer("newline");
  const first = buffer.fill(["<1>first"]);
  const second = buffer.fill(["<1>two"]);
  expect(Buffer.from(second).toString()).toBe("<1>two\n");
  expect(second.buffer).toBe(first.buffer);
});

test("abandoned bytes are never overwritten", () => {
  const buffer = createBatchBuffer("octet-counting");
  const first = buffer.fill(["<1>first"]);
  buffer.abandon();
  buffer.fill(["<1>two"]);
  expect(Buffer.from(first).toString()).toBe("8 <1>first");
});

test("a batch above 1 MiB leaves no memory behind", () => {
  const buffer = createBatchBuffer("newline");
  const large = buffer.fill(["x".repeat(1_048_576)]);
  expect(buffer.fill(["<1>one"]).buffer).not.toBe(large.buffer);
});
