import { expect, test } from "vitest";
import fc from "fast-check";
import { COUNT, ends, find, leave } from "../test/damaged-spool.ts";
import { newFolder, texts } from "../test/spool-setup.ts";

const SEED = 20_261_124;

test("a file that is cut at any byte of its last 4 KiB gives every record before the cut, and tells of a torn one", async () => {
  const folder = newFolder();
  const { path, bytes } = await leave(folder);
  const boundaries = ends();
  expect(bytes.length).toBe(boundaries.at(-1));
  for (let length = bytes.length - 4096; length < bytes.length; length++) {
    const whole = boundaries.filter((end) => end <= length).length;
    const isTorn = !boundaries.includes(length);
    const found = await find(folder, path, bytes.subarray(0, length));
    expect(found, `cut at ${length}`).toEqual({ taken: texts(1, whole), lost: isTorn ? 1 : 0 });
  }
}, 300_000);

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
    { numRuns: 1000, seed: SEED },
  );
});
