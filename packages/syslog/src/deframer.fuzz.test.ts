import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { countAccepted, createMutator, PROPERTY_SEED } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import vectors from "../testdata/framing.json" with { type: "json" };
import { createDeframer } from "./deframer.ts";
import { FramingSyntaxError } from "./framing-syntax-error.ts";

const INPUTS = 100_000;
const KIB = 1024;
const MIB = KIB * KIB;
const CHUNK = 64 * KIB;
const CHUNKS_IN_A_GIB = (KIB * MIB) / CHUNK;
const MAX_FRAME_BYTES = 200;

interface Outcome {
  readonly frames: readonly Uint8Array[];
  readonly fault: FramingSyntaxError | undefined;
}

function deframe(stream: Uint8Array, chunkSize: number): Outcome {
  const deframer = createDeframer({ maxFrameBytes: MAX_FRAME_BYTES });
  const frames: Uint8Array[] = [];
  try {
    for (let offset = 0; offset < stream.length; offset += chunkSize) {
      frames.push(...deframer.push(stream.subarray(offset, offset + chunkSize)));
    }
    return { frames: [...frames, ...deframer.end()], fault: undefined };
  } catch (error) {
    if (!(error instanceof FramingSyntaxError)) throw error;
    return { frames: [...frames, ...error.frames], fault: error };
  }
}

function shown({ frames, fault }: Outcome): string {
  return [...frames.map((frame) => Buffer.from(frame).toString("latin1")), fault?.message].join("\0");
}

function countedAgain(frames: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(frames.flatMap((frame) => [Buffer.from(`${frame.length} `), frame]));
}

function check(input: string): boolean {
  const stream = Buffer.from(input, "latin1");
  const whole = deframe(stream, CHUNK);
  const { frames, fault } = whole;
  const chunkSize = 1 + (stream.length % 7);
  if (shown(deframe(stream, chunkSize)) !== shown(whole))
    throw new Error(`chunks of ${chunkSize} bytes make a difference`);
  if (fault !== undefined && !(fault.position >= 0 && fault.position <= stream.length)) throw fault;
  if (frames.some(({ length }) => length > MAX_FRAME_BYTES)) throw new Error("a frame is longer than the limit");
  if (frames.reduce((sum, { length }) => sum + length, 0) > stream.length)
    throw new Error("more came out than went in");
  const again = deframe(countedAgain(frames.filter(({ length }) => length > 0)), CHUNK);
  if (shown(again) !== shown({ frames, fault: undefined })) throw new Error("framed again, the frames are others");
  return fault === undefined;
}

test.each([1, 2])("100,000 damaged streams are taken apart, or refused in their place (part %i)", (part) => {
  const lines = vectors.map(({ wireHex }) => Buffer.from(wireHex, "hex").toString("latin1"));
  const syntax = ["\n", " ", "0", "1", "9", "12 ", "22 <134>1", "200 ", "201 ", "<", "\r\n", "\0"];
  const nextInput = createMutator({ lines, syntax, seed: PROPERTY_SEED + part });
  const accepted = countAccepted({ count: INPUTS, nextInput, check });
  expect(accepted).toBeGreaterThan(INPUTS / 10);
  expect(accepted).toBeLessThan((INPUTS * 9) / 10);
});

test.each([
  ["a line", "x", MIB],
  ["a count", "1", 6],
  ["a frame that is longer than the limit", "1048577 x", 6],
])("a GiB of %s that never ends is refused at the limit, again and again", (_name, text, position) => {
  const deframer = createDeframer();
  const chunk = Buffer.alloc(CHUNK, text);
  const positions = new Set<number>();
  let frames = 0;
  for (let count = 0; count < CHUNKS_IN_A_GIB; count++) {
    try {
      frames += deframer.push(chunk).length;
    } catch (error) {
      positions.add(error instanceof FramingSyntaxError ? error.position : -1);
    }
  }
  expect(frames).toBe(0);
  expect([...positions]).toEqual([position]);
});

test("a GiB of line feeds gives nothing and keeps nothing", async () => {
  const deframer = createDeframer();
  const chunk = Buffer.alloc(CHUNK, "\n");
  const before = await heldBytes();
  for (let count = 0; count < CHUNKS_IN_A_GIB; count++) expect(deframer.push(chunk)).toEqual([]);
  expect((await heldBytes()) - before).toBeLessThan(CHUNK);
});

test("a GiB of frames, cut anywhere, leaves no more behind than the frame that is under way", async () => {
  const deframer = createDeframer();
  const chunk = Buffer.alloc(CHUNK, `${"x".repeat(4096)}\n`);
  const before = await heldBytes();
  let bytes = 0;
  for (let count = 0; count < CHUNKS_IN_A_GIB; count++) {
    for (const { length } of deframer.push(chunk)) bytes += length;
  }
  expect(bytes).toBeGreaterThan(1020 * MIB);
  expect((await heldBytes()) - before).toBeLessThan(MIB);
});

test("what is held of a frame is never more than the limit, however small the chunks", async () => {
  const before = await heldBytes();
  const deframers = Array.from({ length: 32 }, () => createDeframer());
  for (const deframer of deframers) {
    const chunk = Buffer.alloc(1000, "x");
    for (let count = 0; count < 1048; count++) deframer.push(chunk);
  }
  expect((await heldBytes()) - before).toBeLessThanOrEqual(33 * MIB);
  expect(deframers.flatMap((deframer) => deframer.end()).map(({ length }) => length)).toEqual(
    Array(32).fill(1_048_000),
  );
});

/** Bytes of all buffers that something still refers to. What a collection frees is counted off a while after it. */
async function heldBytes(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("there is no way to collect garbage here");
  let least = Infinity;
  for (let round = 0; round < 20; round++) {
    (collect as () => void)();
    await setImmediate();
    least = Math.min(least, process.memoryUsage().arrayBuffers);
  }
  return least;
}
