import * as fs from "node:fs";
import { join } from "node:path";
import { OptionError } from "@clawmetry/siem-core";
import { expect, test } from "vitest";
import {
  crashCopy,
  losses,
  manualTimers,
  message,
  newFolder,
  offer,
  open,
  segmentFiles,
  takeAll,
  takeTexts,
  texts,
} from "../test/spool-setup.ts";
import { inspectSpool } from "./inspect-spool.ts";
import { openSpool } from "./open-spool.ts";

test("what fits into half of the memory makes no file", () => {
  const folder = newFolder();
  const { spool } = open(folder);
  offer(spool, 1, 10);
  expect(segmentFiles(folder)).toEqual([]);
  expect({ size: spool.size, onDisk: spool.store.size }).toEqual({ size: 10, onDisk: 0 });
  expect(takeTexts(spool)).toEqual(texts(1, 10));
});

test("what comes after it is on disk alone, and comes back in order", () => {
  const { spool } = open(newFolder());
  offer(spool, 1, 500);
  expect({ size: spool.size, onDisk: spool.store.size }).toEqual({ size: 500, onDisk: 490 });
  expect(takeTexts(spool)).toEqual(texts(1, 500));
  expect(spool.size).toBe(0);
});

test("messages of all severities come back in the order in which they were offered", () => {
  const { spool } = open(newFolder());
  for (let number = 1; number <= 400; number++) spool.offer(message(number, number % 8));
  expect(takeTexts(spool)).toEqual(texts(1, 400));
});

test("what is offered while the disk is emptied follows what is there", () => {
  const { spool } = open(newFolder());
  offer(spool, 1, 100);
  const first = spool.peek(5, Infinity);
  spool.release(5);
  offer(spool, 101, 200);
  expect([...first, ...takeTexts(spool)]).toEqual(texts(1, 200));
  offer(spool, 201, 300);
  expect(takeTexts(spool)).toEqual(texts(201, 300));
});

test("close writes down what waits, for the next process, with numbers and boot id", async () => {
  const folder = newFolder();
  const { spool } = open(folder);
  offer(spool, 1, 100);
  expect(await spool.store.close()).toBe(100);
  const next = open(folder, {}, { boot: "b0070002" });
  expect(next.news()).toEqual([{ recovered: 100, lost: [], problems: [] }]);
  expect(next.spool.store.previous).toMatchObject({ boot: "b0070001", clean: true });
  const taken = takeAll(next.spool);
  expect(taken.map(({ text }) => text)).toEqual(texts(1, 100));
  expect(taken[0]).toEqual({ text: texts(1, 1)[0], number: 1, boot: "b0070001" });
  expect(await next.spool.store.close()).toBe(0);
  expect(segmentFiles(folder)).toEqual([]);
});

test("what is new follows what an earlier process left", async () => {
  const folder = newFolder();
  const first = open(folder);
  offer(first.spool, 1, 30);
  await first.spool.store.close();
  const { spool } = open(folder);
  offer(spool, 31, 60);
  expect(takeTexts(spool)).toEqual(texts(1, 60));
});

test("what was sent is not there for the next process", async () => {
  const folder = newFolder();
  const { spool } = open(folder);
  offer(spool, 1, 100);
  const sent = spool.peek(7, Infinity);
  spool.release(sent.length);
  expect(await spool.store.close()).toBe(93);
  expect(takeTexts(open(folder).spool)).toEqual(texts(8, 100));
});

test("what is kept for a replay is there after a crash, and not after a clean end", async () => {
  const folder = newFolder();
  const timers = manualTimers();
  const { spool } = open(folder, { sync: "always", effects: timers });
  offer(spool, 1, 4);
  await spool.store.secure();
  spool.release(spool.peek(2, Infinity).length, true);
  timers.fire();
  expect(takeTexts(open(crashCopy(folder)).spool)).toEqual(texts(1, 4));
  await spool.store.close();
  expect(takeTexts(open(folder).spool)).toEqual(texts(3, 4));
});

test("messages that come back for a replay come first, and are left for the next process", async () => {
  const folder = newFolder();
  const { spool } = open(folder);
  offer(spool, 1, 5);
  spool.release(spool.peek(3, Infinity).length, true);
  expect(spool.rewind()).toBe(3);
  expect(spool.peek(9, Infinity)).toEqual(texts(1, 5));
  expect(await spool.store.close()).toBe(5);
  expect([...takeTexts(open(folder).spool)].sort()).toEqual(texts(1, 5));
});

test("with sync always, every message that was secured survives a crash", async () => {
  const folder = newFolder();
  const { spool } = open(folder, { sync: "always" });
  offer(spool, 1, 30);
  await spool.store.secure();
  const next = open(crashCopy(folder), {}, { boot: "b0070002" });
  expect(takeTexts(next.spool)).toEqual(texts(1, 30));
  expect(next.spool.store.previous).toMatchObject({ boot: "b0070001", clean: false });
});

test.each(["interval", "never"] as const)("with sync %s, secure writes down what is in memory", async (sync) => {
  const folder = newFolder();
  const { spool } = open(folder, { sync });
  offer(spool, 1, 5);
  expect(segmentFiles(folder)).toEqual([]);
  await spool.store.secure();
  expect(takeTexts(open(crashCopy(folder)).spool)).toEqual(texts(1, 5));
});

test.each(["interval", "never"] as const)(
  "with sync %s, what still waits at the end of an interval is written",
  (sync) => {
    const folder = newFolder();
    const timers = manualTimers();
    const { spool } = open(folder, { sync, effects: timers });
    offer(spool, 1, 9);
    spool.release(spool.peek(4, Infinity).length);
    timers.fire();
    expect(takeTexts(open(crashCopy(folder)).spool)).toEqual(texts(5, 9));
  },
);

test("files are private, and so is the folder", async () => {
  const folder = newFolder();
  const { spool } = open(folder);
  offer(spool, 1, 100);
  await spool.store.secure();
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
  const modes = fs.readdirSync(folder).map((name) => fs.statSync(join(folder, name)).mode & 0o777);
  expect(modes.length).toBeGreaterThan(2);
  expect(new Set(modes)).toEqual(new Set([0o600]));
});

test("a folder that others can read and that holds something else is refused, and left as it is", () => {
  const folder = newFolder();
  fs.mkdirSync(folder, { mode: 0o755 });
  fs.writeFileSync(join(folder, "notes.txt"), "mine");
  expect(() => openSpool({ folder })).toThrow(
    `the spool folder ${folder} must be a folder of its own, or have mode 0700`,
  );
  expect(fs.statSync(folder).mode & 0o777).toBe(0o755);
});

test("a path that is no folder is refused", () => {
  const folder = newFolder();
  fs.writeFileSync(folder, "");
  expect(() => openSpool({ folder })).toThrow(`the spool folder ${folder} cannot be used: EEXIST`);
});

test("files that are handed on are deleted", async () => {
  const folder = newFolder();
  const timers = manualTimers();
  const { spool } = open(folder, { effects: timers, maxBytes: 1024 ** 2 });
  offer(spool, 1, 2000);
  await spool.store.secure();
  expect(segmentFiles(folder).length).toBeGreaterThan(5);
  takeTexts(spool);
  timers.fire();
  expect(segmentFiles(folder).length).toBeLessThan(3);
});

test.each([
  { option: "folder", options: { folder: "" } },
  { option: "sync", options: { folder: "x", sync: "sometimes" } },
  { option: "syncIntervalMs", options: { folder: "x", syncIntervalMs: 1 } },
  { option: "maxBytes", options: { folder: "x", maxBytes: 1000 } },
])("the option $option is checked", ({ option, options }) => {
  expect(() => openSpool(options as Parameters<typeof openSpool>[0])).toThrow(option);
});

test("a message that is larger than the memory may be is refused", () => {
  const { spool } = open(newFolder(), { limits: { maxBytes: 100 } });
  expect(spool.offer({ text: "x".repeat(101), severity: 6 })).toBe("refused");
});

test("nothing is lost without a word when all goes well", () => {
  const opened = open(newFolder());
  offer(opened.spool, 1, 500);
  takeTexts(opened.spool);
  expect(losses(opened)).toEqual([]);
});

test("a message that is handed over at once after secure was called is on disk all the same", async () => {
  const folder = newFolder();
  const { spool } = open(folder);
  offer(spool, 1, 3);
  const secured = spool.store.secure();
  spool.release(spool.peek(3, Infinity).length, true);
  await secured;
  expect(takeTexts(open(crashCopy(folder)).spool)).toEqual(texts(1, 3));
});

test("the last number is that of the last record, also when the state is older or damaged", async () => {
  const folder = newFolder();
  const { spool } = open(folder, { sync: "always" });
  offer(spool, 1, 30);
  await spool.store.secure();
  const copy = crashCopy(folder);
  const expected = { boot: "b0070001", clean: false, lastSeq: 30 };
  expect(open(copy).spool.store.previous).toMatchObject(expected);
  fs.rmSync(join(copy, "lock"));
  fs.writeFileSync(join(copy, "state.json"), "nonsense");
  expect(open(copy).spool.store.previous).toMatchObject(expected);
});

test("a file that somebody takes away is told, and the rest goes on", async () => {
  const folder = newFolder();
  const opened = open(folder);
  offer(opened.spool, 1, 20);
  for (let number = 21; number <= 40; number++) opened.spool.offer(message(number, 3));
  await opened.spool.store.secure();
  const [gone = ""] = segmentFiles(folder).filter((name) => name.startsWith("3-"));
  fs.rmSync(join(folder, gone));
  expect(takeTexts(opened.spool)).toEqual(texts(1, 20));
  expect(losses(opened)).toMatchObject([{ count: 20, byReason: { damaged: 20 }, bySeverity: { 3: 20 } }]);
});

test("a file that is taken away while it is written to is missed by the next sync, and what is in memory is written again", async () => {
  const folder = newFolder();
  const timers = manualTimers();
  const { spool } = open(folder, { effects: timers });
  offer(spool, 1, 2);
  await spool.store.secure();
  for (const name of segmentFiles(folder)) fs.rmSync(join(folder, name));
  offer(spool, 3, 3);
  await expect(spool.store.secure()).rejects.toThrow("cannot be used: ENOENT");
  timers.fire();
  await spool.store.secure();
  expect(takeTexts(open(crashCopy(folder)).spool)).toEqual(texts(1, 3));
});

test("a text that is too large for the disk is refused, also while there is memory", () => {
  const { spool } = open(newFolder(), { sync: "always" });
  expect(spool.offer({ text: "é".repeat(2 ** 20) + "x", severity: 6 })).toBe("refused");
  expect(spool.offer({ text: "é".repeat(2 ** 20), severity: 6 })).toEqual([]);
});

test("what was sent before is not sent again when the next process ends at once", () => {
  const folder = newFolder();
  const timers = manualTimers();
  const { spool } = open(folder, { effects: timers, limits: { maxEvents: 100 } });
  offer(spool, 1, 100);
  for (let round = 0; round < 9; round++) {
    spool.store.load((loaded) => loaded);
    spool.release(spool.peek(10, Infinity).length);
  }
  timers.fire();
  const copy = crashCopy(folder);
  expect(inspectSpool(copy).events).toBe(10);
  open(copy);
  expect(inspectSpool(copy).events).toBe(10);
});

test("limits that are refused leave the folder free", () => {
  const folder = newFolder();
  expect(() => openSpool({ folder, limits: { maxEvents: 0 } })).toThrow(OptionError);
  expect(() => open(folder)).not.toThrow();
});

test("each file counts its records from 0", () => {
  const folder = newFolder();
  const { spool } = open(folder, { maxBytes: 1024 ** 2 });
  offer(spool, 1, 2000);
  expect(new Set(segmentFiles(folder).map((name) => name.split("-")[2]))).toEqual(new Set(["00000000"]));
  expect(segmentFiles(folder).length).toBeGreaterThan(3);
});
