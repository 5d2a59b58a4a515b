import { expect, test } from "vitest";
import { createReusedBuffer } from "./reused-buffer.ts";

test("memory is used again for a batch that fits", () => {
  const buffer = createReusedBuffer();
  const first = buffer.take(100);
  expect(first.length).toBeGreaterThanOrEqual(100);
  expect(buffer.take(80).buffer).toBe(first.buffer);
});

test("abandoned bytes are never overwritten", () => {
  const buffer = createReusedBuffer();
  const first = buffer.take(100);
  buffer.abandon();
  expect(buffer.take(100).buffer).not.toBe(first.buffer);
});

test("a batch above 1 MiB leaves no memory behind", () => {
  const buffer = createReusedBuffer();
  const large = buffer.take(1_048_577);
  expect(large.length).toBe(1_048_577);
  expect(buffer.take(100).buffer).not.toBe(large.buffer);
});
