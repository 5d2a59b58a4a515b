import { expect, test } from "vitest";
import { failingFiles } from "../test/failing-files.ts";
import {
  crashCopy,
  losses,
  manualTimers,
  message,
  newFolder,
  offer,
  open,
  segmentFiles,
  takeTexts,
  texts,
} from "../test/spool-setup.ts";

test("while the disk is full, what comes is held in memory, behind what is on disk, and it is told once", async () => {
  const files = failingFiles();
  const opened = open(newFolder(), { files });
  const { spool } = opened;
  offer(spool, 1, 12);
  await spool.store.secure();
  files.fail("ENOSPC");
  await expect(spool.store.secure()).resolves.toBeUndefined();
  offer(spool, 13, 18);
  await expect(spool.store.secure()).rejects.toThrow("cannot be used: ENOSPC");
  expect(spool.store.stats).toMatchObject({ state: "memory", problem: expect.stringContaining("ENOSPC") as string });
  expect(opened.news().flatMap(({ problems }) => problems)).toEqual([
    expect.stringMatching(/cannot be used: ENOSPC; events wait in memory alone$/),
  ]);
  offer(spool, 19, 20);
  expect(takeTexts(spool)).toEqual(texts(1, 20));
});

test("when there is room again, the disk is used again, in order", () => {
  const files = failingFiles();
  const timers = manualTimers();
  const opened = open(newFolder(), { files, effects: timers });
  const { spool } = opened;
  offer(spool, 1, 12);
  files.fail("ENOSPC");
  timers.fire();
  offer(spool, 13, 16);
  files.work();
  timers.fire();
  offer(spool, 17, 300);
  expect(spool.store.stats.state).toBe("disk");
  expect(
    opened
      .news()
      .flatMap(({ problems }) => problems)
      .at(-1),
  ).toMatch(/is in use again$/);
  expect(takeTexts(spool)).toEqual(texts(1, 300));
});

test("with the disk full and the memory full, the policy decides", () => {
  const files = failingFiles();
  const timers = manualTimers();
  const { spool } = open(newFolder(), { files, effects: timers });
  files.fail("ENOSPC");
  timers.fire();
  spool.offer(message(1, 2));
  offer(spool, 2, 20, 6);
  expect(spool.offer(message(21, 6))).toBe("refused");
  expect(spool.offer(message(22, 3))).toMatchObject([{ text: texts(2, 2)[0] }]);
});

test("a disk that is full at the start is used when there is room", () => {
  const folder = newFolder();
  const files = failingFiles();
  const timers = manualTimers();
  files.fail("ENOSPC");
  const { spool } = open(folder, { files, effects: timers });
  expect(spool.store.stats.state).toBe("memory");
  offer(spool, 1, 5);
  files.work();
  timers.fire();
  expect(spool.store.stats.state).toBe("disk");
  offer(spool, 6, 50);
  expect(segmentFiles(folder).length).toBeGreaterThan(0);
  expect(takeTexts(spool)).toEqual(texts(1, 50));
});

test("what an earlier process left is found also when the disk comes back late", async () => {
  const folder = newFolder();
  const first = open(folder);
  offer(first.spool, 1, 40);
  await first.spool.store.close();
  const files = failingFiles();
  const timers = manualTimers(1_700_000_100_000);
  files.fail("EROFS");
  const opened = open(folder, { files, effects: timers });
  offer(opened.spool, 41, 45);
  files.work();
  timers.fire();
  expect(opened.spool.store.stats.state).toBe("disk");
  expect([...takeTexts(opened.spool)].sort()).toEqual([...texts(1, 45)].sort());
  expect(await opened.spool.store.close()).toBe(0);
  expect(segmentFiles(folder)).toEqual([]);
});

test("what cannot be written at the end is not counted as kept", async () => {
  const files = failingFiles();
  const { spool } = open(newFolder(), { files });
  files.fail("ENOSPC");
  offer(spool, 1, 8);
  expect(await spool.store.close()).toBe(0);
});

test("a sync that fails is told to those who wait for it", async () => {
  const files = failingFiles();
  const { spool } = open(newFolder(), { files, sync: "always" });
  offer(spool, 1, 3);
  files.failSync("EIO");
  await expect(spool.store.secure()).rejects.toThrow("cannot be used: EIO");
  expect(spool.store.stats.state).toBe("memory");
  expect(takeTexts(spool)).toEqual(texts(1, 3));
});

test("a full spool refuses what is not more severe than what it holds, and gives up the least severe for what is", () => {
  const opened = open(newFolder(), { maxBytes: 1024 ** 2 });
  const { spool } = opened;
  let count = 0;
  while (spool.offer(message(count + 1)) !== "refused") count += 1;
  expect(count).toBeGreaterThan(10_000);
  expect(losses(opened)).toEqual([]);
  const before = spool.size;
  expect(spool.offer(message(count + 1, 3))).toEqual([]);
  const [report] = losses(opened);
  expect(report).toMatchObject({
    byReason: { evicted: report?.count },
    bySeverity: { 6: report?.count },
    boot: "b0070001",
  });
  expect(before + 1 - spool.size).toBe(report?.count);
  expect(takeTexts(spool)).toHaveLength(before + 1 - (report?.count ?? 0));
});

test("with oldest, a full spool gives up its oldest file", () => {
  const opened = open(newFolder(), { maxBytes: 1024 ** 2, limits: { dropPolicy: "oldest" } });
  const { spool } = opened;
  for (let count = 1; losses(opened).length === 0; count++) expect(spool.offer(message(count))).not.toBe("refused");
  const [report] = losses(opened);
  expect(report?.seqFrom).toBe(11);
  const [first = "", ...rest] = takeTexts(spool).slice(9);
  expect(first).toBe(texts(10, 10)[0]);
  expect(rest[0]).toBe(texts((report?.seqTo ?? 0) + 1, (report?.seqTo ?? 0) + 1)[0]);
});

test("with newest, a full spool refuses what comes, however severe", () => {
  const { spool } = open(newFolder(), { maxBytes: 1024 ** 2, limits: { dropPolicy: "newest" } });
  let count = 0;
  while (spool.offer(message(count + 1)) !== "refused") count += 1;
  expect(spool.offer(message(count + 1, 0))).toBe("refused");
});

test("a full spool never takes more than its bound, and half a file", () => {
  const { spool } = open(newFolder(), { maxBytes: 1024 ** 2, sync: "always", limits: { dropPolicy: "oldest" } });
  let most = 0;
  for (let count = 1; count <= 20_000; count++) {
    spool.offer(message(count, count % 5));
    most = Math.max(most, spool.store.stats.bytes);
  }
  expect(most).toBeGreaterThan(1_000_000);
  expect(most).toBeLessThanOrEqual(1024 ** 2);
});

test("what an earlier process left, and is found late, survives a crash until it was sent", async () => {
  const folder = newFolder();
  const first = open(folder);
  offer(first.spool, 1, 15);
  await first.spool.store.close();
  const files = failingFiles();
  const timers = manualTimers(1_700_000_100_000);
  files.fail("EROFS");
  const { spool } = open(folder, { files, effects: timers, limits: { maxEvents: 100 } });
  offer(spool, 16, 18);
  files.work();
  timers.fire();
  spool.store.load((loaded) => loaded);
  expect(spool.store.size).toBe(0);
  timers.fire();
  expect(takeTexts(open(crashCopy(folder)).spool)).toEqual(texts(1, 18));
});

test("what came while a full spool could not be written follows what is on disk, and comes before what is newer", async () => {
  const folder = newFolder();
  const files = failingFiles();
  const timers = manualTimers();
  const opened = open(folder, {
    files,
    effects: timers,
    maxBytes: 1024 ** 2,
    limits: { maxEvents: 20, dropPolicy: "newest" },
  });
  const { spool } = opened;
  let last = 1;
  while (spool.offer(message(last)) !== "refused") last += 1;
  last -= 1;
  files.fail("ENOSPC");
  timers.fire();
  offer(spool, last + 1, last + 5);
  files.work();
  timers.fire();
  expect(spool.store.stats.state).toBe("disk");
  await expect(spool.store.secure()).rejects.toThrow(`the spool folder ${folder} is full`);

  const taken: string[] = [];
  for (let round = 0; round < 300; round++) {
    spool.store.load((loaded) => loaded);
    const batch = spool.peek(20, Infinity);
    taken.push(...batch);
    spool.release(batch.length);
  }
  offer(spool, last + 6, last + 8);
  timers.fire();
  offer(spool, last + 9, last + 10);
  timers.fire();
  await spool.store.secure();
  const next = open(crashCopy(folder), { maxBytes: 1024 ** 2 });
  expect(takeTexts(next.spool).slice(-10)).toEqual(texts(last + 1, last + 10));
  expect([...taken, ...takeTexts(spool)]).toEqual(texts(1, last + 10));
  expect([...losses(opened), ...losses(next)]).toEqual([]);
});

test("a file that cannot be deleted to make room is not given up", () => {
  const files = failingFiles();
  const opened = open(newFolder(), { files, maxBytes: 1024 ** 2 });
  const { spool } = opened;
  let last = 1;
  while (spool.offer(message(last)) !== "refused") last += 1;
  const { size } = spool;
  files.failRemoval("EROFS");
  spool.offer(message(last, 3));
  expect(spool.store.stats).toMatchObject({ state: "memory", problem: expect.stringMatching(/EROFS$/) as string });
  expect(spool.size).toBe(size + 1);
  expect(losses(opened)).toEqual([]);
  expect(takeTexts(spool)).toEqual(texts(1, last));
});
