import { inspect } from "node:util";
import { PROPERTY_SEED } from "@clawmetry/siem-testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import vectors from "../testdata/relp.json" with { type: "json" };
import { formatRelpFrame, type RelpCommand, type RelpFrame } from "./relp-frame.ts";
import { createRelpParser, type RelpParserOptions } from "./relp-parser.ts";
import { RelpSyntaxError } from "./relp-syntax-error.ts";

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function readable({ transaction, command, data }: RelpFrame): RelpCommand {
  return { transaction, command, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(data) };
}

function read(chunks: readonly Uint8Array[], options?: RelpParserOptions): readonly RelpCommand[] {
  const parser = createRelpParser(options);
  return chunks.flatMap((chunk) => parser.push(chunk)).map(readable);
}

function chunksOf(stream: Uint8Array, size: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
    stream.slice(index * size, (index + 1) * size),
  );
}

function fault(action: () => unknown): RelpSyntaxError {
  try {
    action();
  } catch (error) {
    if (error instanceof RelpSyntaxError) return error;
    throw error;
  }
  throw new Error("there was no fault");
}

test.each(vectors)("$name, in chunks of any size", ({ wire, transaction, command, text }) => {
  const stream = bytes(wire);
  for (let size = 1; size <= stream.length; size++) {
    expect(read(chunksOf(stream, size))).toEqual([{ transaction, command, text }]);
  }
});

test("a frame without data may have a space before its line feed", () => {
  expect(read([bytes("1 rsp 0 \n2 rsp 0\n3 rsp 00\n")])).toEqual([
    { transaction: 1, command: "rsp", text: "" },
    { transaction: 2, command: "rsp", text: "" },
    { transaction: 3, command: "rsp", text: "" },
  ]);
});

test("a frame has a buffer of its own", () => {
  const chunk = bytes("1 rsp 2 ab\n");
  const [frame] = createRelpParser().push(chunk);
  chunk.fill(0);
  expect(frame && readable(frame).text).toBe("ab");
});

const DIGITS = "a transaction number must be 1 to 9 digits and a space";
const LETTERS = "a command must be 1 to 32 letters and a space";
const LENGTH = "a data length must be 1 to 9 digits, and a space before the data";
const END = "a frame must end with a line feed after its data";

test.each([
  { name: "the banner of another protocol", stream: "SSH-2.0-OpenSSH_9.2\r\n", position: 0, reason: DIGITS },
  { name: "an empty line", stream: "\n", position: 0, reason: DIGITS },
  { name: "ten digits", stream: "1234567890 rsp 0\n", position: 9, reason: DIGITS },
  { name: "a tab for a space", stream: "1\trsp 0\n", position: 1, reason: DIGITS },
  { name: "two spaces", stream: "1  rsp 0\n", position: 2, reason: LETTERS },
  { name: "a digit in the command", stream: "1 rsp2 0\n", position: 5, reason: LETTERS },
  { name: "33 letters", stream: `1 ${"x".repeat(33)} 0\n`, position: 34, reason: LETTERS },
  { name: "no length", stream: "1 rsp \n", position: 6, reason: LENGTH },
  { name: "a space for a length", stream: "1 rsp  x\n", position: 6, reason: LENGTH },
  { name: "a negative length", stream: "1 rsp -1 x\n", position: 6, reason: LENGTH },
  { name: "a length with a letter", stream: "1 rsp 0x1 x\n", position: 7, reason: LENGTH },
  { name: "a line feed before the data", stream: "1 rsp 1\nx\n", position: 7, reason: LENGTH },
  { name: "more data than told", stream: "1 rsp 1 xy\n", position: 9, reason: END },
  { name: "data where there is none", stream: "1 rsp 0 x\n", position: 8, reason: END },
  { name: "a carriage return at the end", stream: "1 rsp 1 x\r\n", position: 9, reason: END },
  { name: "too much data", stream: "1 rsp 101 x", position: 8, reason: "data must not be longer than 100 bytes" },
])("$name is refused where it stands, in chunks of any size", ({ stream, position, reason }) => {
  const before = "7 rsp 2 ok\n";
  for (let size = 1; size <= stream.length; size++) {
    const parser = createRelpParser({ maxDataBytes: 100 });
    expect(parser.push(bytes(before)).map(readable)).toEqual([{ transaction: 7, command: "rsp", text: "ok" }]);
    const error = fault(() => chunksOf(bytes(stream), size).map((chunk) => parser.push(chunk)));
    expect(error).toMatchObject({ position: before.length + position, reason, frames: [] });
    expect(error.message).toBe(`${reason} (byte ${before.length + position})`);
  }
});

test("a fault gives the frames before it once, and every later call throws it again", () => {
  const parser = createRelpParser();
  const error = fault(() => parser.push(bytes("1 rsp 2 ab\n2 rsp 0\nsecret")));
  expect(error.frames.map(readable)).toEqual([
    { transaction: 1, command: "rsp", text: "ab" },
    { transaction: 2, command: "rsp", text: "" },
  ]);
  expect(fault(() => parser.push(bytes("3 rsp 0\n")))).toMatchObject({ position: error.position, frames: [] });
  expect(inspect(error)).not.toMatch(/secret|97, 98|ab/);
});

test.each([0, -1, 1.5, NaN, Infinity, 1_000_000_000])("%s is no limit for data", (maxDataBytes) => {
  expect(() => createRelpParser({ maxDataBytes })).toThrow(RangeError);
});

const frames = fc.array(
  fc.record({
    transaction: fc.integer({ min: 0, max: 999_999_999 }),
    command: fc.constantFrom("open", "syslog", "close", "rsp", "serverclose", "X"),
    text: fc.string({ unit: "binary", maxLength: 40 }),
  }),
  { maxLength: 8 },
);

test("what was written is read again, however it is cut", () => {
  fc.assert(
    fc.property(frames, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (written, sizes) => {
      const stream = Buffer.concat(written.map((frame) => formatRelpFrame(frame)));
      expect(read(cutInto(stream, sizes))).toEqual(written);
    }),
    { seed: PROPERTY_SEED },
  );
});

test("any bytes are read or refused the same, however they are cut", () => {
  const outcome = (chunks: readonly Uint8Array[]): unknown => {
    const parser = createRelpParser({ maxDataBytes: 50 });
    const all: RelpFrame[] = [];
    try {
      for (const chunk of chunks) all.push(...parser.push(chunk));
      return all.map(readable);
    } catch (error) {
      if (!(error instanceof RelpSyntaxError)) throw error;
      return { frames: [...all, ...error.frames].map(readable), message: error.message };
    }
  };
  const piece = fc.oneof(fc.constantFrom("1 rsp ", "6 ", "200 OK", "\n", " ", "0", "60 "), fc.string({ maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(piece), fc.integer({ min: 1, max: 7 }), (pieces, size) => {
      const stream = bytes(pieces.join(""));
      expect(outcome(chunksOf(stream, size))).toEqual(outcome([stream]));
    }),
    { seed: PROPERTY_SEED, numRuns: 500 },
  );
});

function cutInto(stream: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let offset = 0;
  while (offset < stream.length) {
    const size = sizes[chunks.length % sizes.length] ?? 1;
    chunks.push(stream.subarray(offset, offset + size));
    offset += size;
  }
  return chunks;
}
