import { expect, test } from "vitest";
import { countNewlines, createOctetCounter } from "./count-frames.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("every line feed ends a message", () => {
  expect(countNewlines(bytes("one\ntwo\nthr"))).toBe(2);
  expect(countNewlines(bytes(""))).toBe(0);
});

test("a counted message may hold anything, and counts when its last byte is there", () => {
  const count = createOctetCounter();
  expect(count(bytes("3 one4 "))).toBe(1);
  expect(count(bytes("t\n"))).toBe(0);
  expect(count(bytes("w5"))).toBe(1);
  expect(count(bytes("2 ab11"))).toBe(1);
  expect(count(bytes(" hello worl"))).toBe(0);
  expect(count(bytes("d"))).toBe(1);
});
