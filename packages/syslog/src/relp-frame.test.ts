import { expect, test } from "vitest";
import vectors from "../testdata/relp.json" with { type: "json" };
import { formatRelpFrame, frameRelpBatch, maxRelpBytes, nextRelpTransaction } from "./relp-frame.ts";

function written(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function batch(messages: readonly string[], transaction: number): Uint8Array {
  return frameRelpBatch(messages, transaction, new Uint8Array(maxRelpBytes(messages)));
}

test.each(vectors)("$name", ({ transaction, command, text, wire }) => {
  expect(written(formatRelpFrame({ transaction, command, text }))).toBe(wire);
});

test("a lone surrogate is the three bytes of U+FFFD", () => {
  expect(written(formatRelpFrame({ transaction: 2, command: "syslog", text: "\ud800" }))).toBe("2 syslog 3 \ufffd\n");
});

test("a batch has rising transaction numbers", () => {
  expect(written(batch(["<1>a", "", "<1>\u00e9"], 9))).toBe("9 syslog 4 <1>a\n10 syslog 0\n11 syslog 5 <1>\u00e9\n");
});

test("after the highest transaction number comes 1", () => {
  expect(nextRelpTransaction(1)).toBe(2);
  expect(nextRelpTransaction(999_999_999)).toBe(1);
  expect(written(batch(["a", "b"], 999_999_999))).toBe("999999999 syslog 1 a\n1 syslog 1 b\n");
});

test.each([
  { name: "ASCII", text: "x".repeat(1000) },
  { name: "three bytes a character", text: "\u4e16".repeat(1000) },
  { name: "nothing", text: "" },
])("the bound is never too small: $name", ({ text }) => {
  expect(batch([text, text], 999_999_998).length).toBeLessThanOrEqual(maxRelpBytes([text, text]));
  expect(maxRelpBytes([])).toBe(0);
});

test("a batch is written into the buffer that is given", () => {
  const into = new Uint8Array(maxRelpBytes(["a"]));
  const bytes = frameRelpBatch(["a"], 2, into);
  expect(bytes.buffer).toBe(into.buffer);
  expect(bytes.byteOffset).toBe(0);
});

test.each([-1, 1.5, 1_000_000_000, NaN])("%s is no transaction number", (transaction) => {
  expect(() => formatRelpFrame({ transaction, command: "syslog", text: "" })).toThrow(
    new RangeError("transaction must be a whole number from 0 to 999999999"),
  );
});

test.each(["", "two words", "line\n", "\u00e9", "x".repeat(33)])("%j is no command", (command) => {
  expect(() => formatRelpFrame({ transaction: 1, command, text: "" })).toThrow(
    new RangeError("command must be 1 to 32 ASCII letters"),
  );
});
