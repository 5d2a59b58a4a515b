import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import vectors from "../testdata/framing.json" with { type: "json" };
import { createDeframer, type DeframerOptions } from "./deframer.ts";
import { FramingSyntaxError } from "./framing-syntax-error.ts";
import { frame, type Framing } from "./framing.ts";

function texts(frames: readonly Uint8Array[]): readonly string[] {
  return frames.map((bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function chunksOf(stream: Uint8Array, size: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
    stream.slice(index * size, (index + 1) * size),
  );
}

function read(chunks: readonly Uint8Array[], options?: DeframerOptions): readonly string[] {
  const deframer = createDeframer(options);
  return texts([...chunks.flatMap((chunk) => deframer.push(chunk)), ...deframer.end()]);
}

function fault(action: () => unknown): FramingSyntaxError {
  try {
    action();
  } catch (error) {
    if (error instanceof FramingSyntaxError) return error;
    throw error;
  }
  throw new Error("there was no fault");
}

test.each(vectors)("$name, in chunks of any size", ({ messages, wireHex }) => {
  const stream = Buffer.from(wireHex, "hex");
  for (let size = 1; size <= stream.length; size++) {
    expect(read(chunksOf(stream, size))).toEqual(messages);
  }
});

test("both framings may be mixed", () => {
  expect(read([bytes("<1>a\n5 <2>b\n<3>c\n4 <4>d")])).toEqual(["<1>a", "<2>b\n", "<3>c", "<4>d"]);
});

test("a count is of bytes, so a frame may hold line feeds and what looks like frames", () => {
  expect(read([bytes("8 a\n3 b\n\u00e92 cd")])).toEqual(["a\n3 b\n\u00e9", "cd"]);
});

test("empty lines, such as a line feed after an octet-counted frame, give nothing", () => {
  expect(read([bytes("\n\n1 a\n1 b\n\n<c\n\n")])).toEqual(["a", "b", "<c"]);
});

test("a carriage return belongs to the message", () => {
  expect(read([bytes("a\r\n\r\n")])).toEqual(["a\r", "\r"]);
});

test("frames are copies: the chunk may be used again", () => {
  const deframer = createDeframer();
  const chunk = bytes("a\nb");
  const [first] = deframer.push(chunk);
  chunk.fill(0x2e);
  expect(texts([first ?? chunk, ...deframer.end()])).toEqual(["a", "b"]);
});

test("the end gives the line that was not ended, once", () => {
  const deframer = createDeframer();
  expect(texts(deframer.push(bytes("a\nb")))).toEqual(["a"]);
  expect(texts(deframer.end())).toEqual(["b"]);
  expect(deframer.end()).toEqual([]);
});

test("after the end a new stream begins", () => {
  const deframer = createDeframer();
  deframer.push(bytes("abc"));
  deframer.end();
  expect(texts(deframer.push(bytes("1 d")))).toEqual(["d"]);
  expect(fault(() => deframer.push(bytes("1x"))).position).toBe(4);
});

test.each([
  ["0 ", 0, "the count of a frame must not begin with 0"],
  ["022 <134>1 - h a - - - one", 0, "the count of a frame must not begin with 0"],
  ["3 abc01 x", 5, "the count of a frame must not begin with 0"],
  ["12<134>1", 2, "the count of a frame must be digits and a space"],
  ["1\n", 1, "the count of a frame must be digits and a space"],
  ["21 x", 1, "a frame must not be longer than 20 bytes"],
  ["99999999999999999999 x", 1, "a frame must not be longer than 20 bytes"],
  [`${"x".repeat(21)}\n`, 20, "a frame must not be longer than 20 bytes"],
])("refuses %j at %i", (stream, position, reason) => {
  expect(fault(() => createDeframer({ maxFrameBytes: 20 }).push(bytes(stream)))).toMatchObject({
    name: "FramingSyntaxError",
    position,
    reason,
    message: `${reason} (byte ${position})`,
  });
});

test("a frame may be as long as the limit", () => {
  expect(read([bytes(`20 ${"x".repeat(20)}${"y".repeat(20)}\n`)], { maxFrameBytes: 20 })).toEqual([
    "x".repeat(20),
    "y".repeat(20),
  ]);
});

test.each(["1", "12 ", "5 abcd"])("a stream must not end within an octet-counted frame: %j", (stream) => {
  const deframer = createDeframer();
  deframer.push(bytes(stream));
  expect(fault(() => deframer.end())).toMatchObject({
    position: stream.length,
    reason: "the stream ended within a frame",
  });
});

test("a fault keeps the frames before it, and stays", () => {
  const deframer = createDeframer();
  const first = fault(() => deframer.push(bytes("1 a<b\n0")));
  expect(texts(first.frames)).toEqual(["a", "<b"]);
  expect(first.position).toBe(6);
  for (const again of [() => deframer.push(bytes("<c\n")), () => deframer.end()]) {
    expect(fault(again)).toMatchObject({ position: 6, reason: first.reason, frames: [] });
  }
});

test("an error that is logged shows no byte of a frame", () => {
  const error = fault(() => createDeframer().push(bytes("secret\n0")));
  expect(texts(error.frames)).toEqual(["secret"]);
  expect(Object.keys(error).sort()).toEqual(["name", "position", "reason"]);
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("115, 101, 99");
});

test("a stream without end is refused at the limit, however small its chunks", () => {
  const deframer = createDeframer({ maxFrameBytes: 1000 });
  const chunk = bytes("x");
  for (let count = 0; count < 1000; count++) expect(deframer.push(chunk)).toEqual([]);
  expect(fault(() => deframer.push(chunk)).position).toBe(1000);
});

test("the limit is 1 MiB unless told", () => {
  expect(createDeframer().push(bytes("1048576 x"))).toEqual([]);
  expect(fault(() => createDeframer().push(bytes("1048577 x"))).position).toBe(6);
});

test.each([0, -1, 1.5, Number.NaN, Infinity])("a limit of %d is refused", (maxFrameBytes) => {
  expect(() => createDeframer({ maxFrameBytes })).toThrow(RangeError);
});

const message = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 300 }),
  fc.constantFrom("<134>1 - - - - - -", "99 x", "0", "\n", "\r\n", "\ufeff", "\ud800"),
);
const framing = fc.constantFrom<Framing>("newline", "octet-counting");
const batch = fc.array(fc.tuple(message, framing), { maxLength: 20 });

test("whatever is framed, in whatever chunks it comes: one frame for each message", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(batch, sizes, (sent, pattern) => {
      const stream = Buffer.concat(sent.map(([text, kind]) => frame(text, kind)));
      const chunks: Uint8Array[] = [];
      for (let offset = 0, turn = 0; offset < stream.length; turn++) {
        const size = pattern[turn % pattern.length] ?? 1;
        chunks.push(stream.subarray(offset, offset + size));
        offset += size;
      }
      expect(read(chunks)).toEqual(sent.map(([text, kind]) => readBack(text, kind)));
    }),
    { seed: 6587, numRuns: 2000 },
  );
});

function readBack(text: string, kind: Framing): string {
  const encoded = text.toWellFormed();
  if (kind === "octet-counting") return encoded;
  return (/^\d/.test(encoded) ? " " : "") + encoded.split("\n").join(" ");
}

test("any bytes give frames or the deframer's own error, and the chunks do not matter", () => {
  const unit = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...Array.from("0123456789 \n<>a")) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 5 }) },
  );
  const outcome = (chunks: readonly Uint8Array[]): readonly unknown[] => {
    const deframer = createDeframer({ maxFrameBytes: 30 });
    const frames: Uint8Array[] = [];
    try {
      for (const chunk of chunks) frames.push(...deframer.push(chunk));
      return texts([...frames, ...deframer.end()]);
    } catch (error) {
      if (!(error instanceof FramingSyntaxError)) throw error;
      return [...texts([...frames, ...error.frames]), error.message];
    }
  };
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (units, size) => {
      const stream = bytes(units.join(""));
      expect(outcome(chunksOf(stream, size))).toEqual(outcome([stream]));
    }),
    { seed: 5425, numRuns: 10_000 },
  );
});
