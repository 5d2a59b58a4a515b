import fc from "fast-check";
import { expect, test } from "vitest";
import { splitLines } from "./split-lines.ts";

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size)
    yield await Promise.resolve(bytes.subarray(start, start + size));
}

async function lines(text: string | Uint8Array, { size = 3, maxBytes = 20 } = {}): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const line of splitLines(pieces(Buffer.from(text), size), maxBytes)) found.push(line.text);
  return found;
}

test.each([
  ["LF and CR LF end a line", "a\nb\r\nc", ["a", "b", "c"]],
  ["empty lines are lines", "\n\na\n", ["", "", "a"]],
  ["nothing is no line", "", []],
  ["the byte order mark is left out at the start only", "\ufeffa\n\ufeffb\n", ["a", "\ufeffb"]],
  ["a carriage return within a line stays", "a\rb\r\n", ["a\rb"]],
  ["characters cut by a piece are whole again", "äöü€😀\n", ["äöü€😀"]],
])("%s", async (_name, text, expected) => {
  expect(await lines(text)).toEqual(expected);
});

test("lines are numbered from 1, the ones that are too long too", async () => {
  const found = [];
  for await (const line of splitLines(pieces(Buffer.from("12345\n123456\n1\n1234567"), 2), 5)) found.push(line);
  expect(found).toEqual([
    { number: 1, text: "12345" },
    { number: 2, text: undefined },
    { number: 3, text: "1" },
    { number: 4, text: undefined },
  ]);
});

test("bytes that are no UTF-8 become U+FFFD and lose no line", async () => {
  expect(await lines(Uint8Array.of(0x61, 0xff, 0x62, 0x0a, 0x63))).toEqual(["a\ufffdb", "c"]);
});

test("property: lines come out as they went in, however the bytes are cut", async () => {
  const line = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\n\ufeff]/.test(text));
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 9 }), async (texts, size) => {
      const text = texts.map((item) => `${item}\n`).join("");
      expect(await lines(text, { size, maxBytes: 10_000 })).toEqual(texts);
    }),
    { seed: 20261123, numRuns: 200 },
  );
});
