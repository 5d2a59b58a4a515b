import * as fs from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { message, newFolder, offer, open, segmentFiles, texts } from "../test/spool-setup.ts";
import { findSpools, inspectSpool } from "./inspect-spool.ts";
import { scanFolder } from "./scan-folder.ts";
import { systemFiles } from "./spool-files.ts";

test("a report tells what waits, by severity, and how old it is", async () => {
  const folder = newFolder();
  const { spool } = open(folder, {}, { facts: () => ({ lastSeq: 33, confirmedSeq: 2, untold: [] }) });
  offer(spool, 1, 30);
  offer(spool, 31, 33, 3);
  spool.release(spool.peek(2, Infinity).length);
  await spool.store.close();
  expect(inspectSpool(folder)).toEqual({
    folder,
    events: 31,
    eventBytes: texts(3, 33).reduce((sum, text) => sum + Buffer.byteLength(text), 0),
    bytes: segmentFiles(folder).reduce((sum, name) => sum + fs.statSync(join(folder, name)).size, 0),
    oldestMs: 1003,
    bySeverity: { 3: 3, 6: 28 },
    damaged: 0,
    last: { boot: "b0070001", clean: true, lastSeq: 33, confirmedSeq: 2, untold: [] },
  });
});

test("a report changes nothing, and tells of damage and of the process that uses the folder", async () => {
  const folder = newFolder();
  const { spool } = open(folder);
  offer(spool, 1, 30);
  await spool.store.secure();
  const [name = ""] = segmentFiles(folder);
  fs.appendFileSync(join(folder, name), "torn");
  const before = fs.readdirSync(folder);
  expect(inspectSpool(folder)).toMatchObject({ events: 30, damaged: 1, usedBy: process.pid });
  expect(fs.readdirSync(folder)).toEqual(before);
  expect(fs.statSync(join(folder, name)).size).toBeGreaterThan(4);
});

test("the spools of several collectors are found in one folder", async () => {
  const parent = newFolder();
  for (const name of ["tcp_a_514", "tcp_b_514"]) {
    const { spool } = open(join(parent, name));
    spool.offer(message(1));
    await spool.store.close();
  }
  fs.mkdirSync(join(parent, "other"));
  expect(findSpools(parent)).toEqual([join(parent, "tcp_a_514"), join(parent, "tcp_b_514")]);
  expect(findSpools(join(parent, "tcp_a_514"))).toEqual([join(parent, "tcp_a_514")]);
});

test("a folder that is not there cannot be inspected", () => {
  expect(() => inspectSpool(newFolder())).toThrow("ENOENT");
});

test("a file that is deleted while the folder is read is passed over", async () => {
  const folder = newFolder();
  const { spool } = open(folder);
  offer(spool, 1, 20);
  for (let number = 21; number <= 40; number++) spool.offer(message(number, 3));
  await spool.store.secure();
  const openSync: typeof fs.openSync = (path, ...more) => {
    if (String(path).includes("/6-")) fs.rmSync(path);
    return fs.openSync(path, ...more);
  };
  const scanned = scanFolder({ ...systemFiles, openSync }, folder, 0);
  expect(scanned.map(({ segment }) => segment.severity)).toEqual([3]);
});
