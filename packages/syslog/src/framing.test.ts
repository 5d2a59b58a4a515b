import { expect, test } from "vitest";
import vectors from "../testdata/framing.json" with { type: "json" };
import { frame, frameBatch, type Framing } from "./framing.ts";

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

test.each(vectors)("$name", ({ framing, messages, wireHex }) => {
  expect(hex(frameBatch(messages, framing as Framing))).toBe(wireHex);
  expect(messages.map((message) => hex(frame(message, framing as Framing))).join("")).toBe(wireHex);
});

test("a datagram is the message", () => {
  expect(text(frame("<13>1 - - - - - - \u00e9", "none"))).toBe("<13>1 - - - - - - \u00e9");
  expect(text(frame("1\n2", "none"))).toBe("1\n2");
});

test("the count is of bytes, and a lone surrogate is three of them", () => {
  expect(text(frame("\u017c\u{1f600}", "octet-counting"))).toBe("6 \u017c\u{1f600}");
  expect(text(frame("\ud800", "octet-counting"))).toBe("3 \ufffd");
});

test("a line feed in a message cannot begin a second newline frame", () => {
  expect(text(frame("a\n<0>b\n", "newline"))).toBe("a <0>b \n");
});

test("a digit at the start of a message cannot be taken for a count", () => {
  expect(text(frame("99 bottles", "newline"))).toBe(" 99 bottles\n");
  expect(text(frame("0", "newline"))).toBe(" 0\n");
});

test.each<Framing>(["newline", "octet-counting", "none"])("an empty message has no bytes: %s", (framing) => {
  expect(frame("", framing)).toHaveLength(0);
  expect(frameBatch([""], framing)).toHaveLength(0);
});

test("a batch is written into a buffer that is long enough, and only as far as it goes", () => {
  const into = new Uint8Array(10).fill(0x2e);
  const bytes = frameBatch(["a", "\u00e9"], "newline", into);
  expect(bytes.buffer).toBe(into.buffer);
  expect(bytes.byteOffset).toBe(0);
  expect(text(bytes)).toBe("a\n\u00e9\n");
  expect(text(into)).toBe("a\n\u00e9\n.....");
});

test("a batch of exactly the buffer's length is written into it", () => {
  const into = new Uint8Array(6);
  expect(frameBatch(["a", "b"], "octet-counting", into).buffer).toBe(into.buffer);
});

test("a view of a larger buffer is kept within", () => {
  const whole = new Uint8Array(8).fill(0x2e);
  const bytes = frameBatch(["a"], "newline", whole.subarray(2, 6));
  expect(bytes.byteOffset).toBe(2);
  expect(text(whole)).toBe("..a\n....");
});

test("a batch too long for the buffer goes into a new one and leaves it alone", () => {
  const into = new Uint8Array(3).fill(0x2e);
  const bytes = frameBatch(["a", "b"], "newline", into);
  expect(bytes.buffer).not.toBe(into.buffer);
  expect(text(bytes)).toBe("a\nb\n");
  expect(text(into)).toBe("...");
});

test("an empty batch has no bytes", () => {
  expect(frameBatch([], "newline")).toHaveLength(0);
});
