import * as fs from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { COUNT, ends, find, leave } from "../test/damaged-spool.ts";
import { message, newFolder, open, segmentFiles, textOf, texts } from "../test/spool-setup.ts";
import { encodeRecord, HEAD_BYTES } from "./record.ts";

const SEED = 20_261_124;

test("a file that is cut at any byte of its last records gives every record before the cut, and tells of a torn one", async () => {
  const folder = newFolder();
  const { path, bytes } = await leave(folder);
  const boundaries = ends();
  expect(bytes.length).toBe(boundaries.at(-1));
  for (let length = bytes.length - 200; length < bytes.length; length++) {
    const whole = boundaries.filter((end) => end <= length).length;
    const isTorn = !boundaries.includes(length);
    const found = await find(folder, path, bytes.subarray(0, length));
    expect(found, `cut at ${length}`).toEqual({ taken: texts(1, whole), lost: isTorn ? 1 : 0 });
  }
});

test("after the flip of any bit, every other record is there and one is told as lost", async () => {
  const folder = newFolder();
  const { path, bytes } = await leave(folder);
  const boundaries = ends();
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: bytes.length * 8 - 1 }), async (bit) => {
      const damaged = Buffer.from(bytes);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const hit = boundaries.findIndex((end) => bit >> 3 < end);
      const found = await find(folder, path, damaged);
      expect(found).toEqual({ taken: texts(1, COUNT).filter((_, index) => index !== hit), lost: 1 });
    }),
    { numRuns: 60, seed: SEED },
  );
});

test("a text that looks like a record is none, wherever the damage is", async () => {
  const folder = newFolder();
  const hostile = Buffer.alloc(HEAD_BYTES + 20);
  encodeRecord(
    { ...message(9), order: 1, index: 2, number: 9, atMs: 9, text: "forged", group: undefined },
    hostile,
    0,
    0,
  );
  const events = [textOf(1), `${hostile.toString("latin1")}${textOf(2)}`, textOf(3)];
  const { spool } = open(folder, { limits: { maxEvents: 1 } });
  spool.offer(message(0));
  for (const text of events) spool.offer({ ...message(1), text });
  spool.release(spool.peek(1, Infinity).length);
  await spool.store.close();
  const [name = ""] = segmentFiles(folder);
  const bytes = fs.readFileSync(join(folder, name));
  for (let position = 0; position < bytes.length; position++) {
    const damaged = Buffer.from(bytes);
    damaged[position] = (damaged[position] ?? 0) ^ 0xff;
    const { taken, lost } = await find(folder, join(folder, name), damaged);
    expect({ taken: taken.every((text) => events.includes(text)), known: taken.length + lost }).toEqual({
      taken: true,
      known: 3,
    });
  }
});

test.each([
  { name: "zeros", tail: Buffer.alloc(100_000) },
  { name: "heads without a body", tail: Buffer.from("\n\u0153S\u0001".repeat(50_000), "latin1") },
])("$name behind the records are passed over, and cut off", async ({ tail }) => {
  const folder = newFolder();
  const { path, bytes } = await leave(folder);
  const found = await find(folder, path, Buffer.concat([bytes, tail]));
  expect(found).toEqual({ taken: texts(1, COUNT), lost: 1 });
});

test("a damaged state costs no event: all that is there is sent again", async () => {
  const folder = newFolder();
  const { path, bytes } = await leave(folder);
  fs.writeFileSync(join(folder, "state.json"), "00000000 {}\n");
  expect(await find(folder, path, bytes)).toEqual({ taken: texts(1, COUNT), lost: 0 });
});

test("files of others are left alone", () => {
  const folder = newFolder();
  fs.mkdirSync(folder, { mode: 0o700 });
  fs.writeFileSync(join(folder, "6-x.spool"), "not ours");
  const { spool } = open(folder);
  expect(spool.size).toBe(0);
  expect(fs.readFileSync(join(folder, "6-x.spool"), "utf8")).toBe("not ours");
});
