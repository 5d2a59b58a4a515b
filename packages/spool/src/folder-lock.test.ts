import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newFolder } from "../test/spool-setup.ts";
import { lockFolder, lockHolder } from "./folder-lock.ts";
import { SpoolError } from "./spool-error.ts";

function emptyFolder(): string {
  const folder = newFolder();
  fs.mkdirSync(folder);
  return folder;
}

function refusal(folder: string): unknown {
  try {
    lockFolder(fs, folder);
  } catch (error) {
    return error;
  }
  return undefined;
}

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

test("a folder in use is refused with the id of the process that uses it", () => {
  const folder = emptyFolder();
  const release = lockFolder(fs, folder);
  const error = refusal(folder);
  expect(error).toBeInstanceOf(SpoolError);
  expect(error).toMatchObject({
    code: "locked",
    pid: process.pid,
    message: `the spool folder ${folder} is in use by process ${process.pid}`,
  });
  expect(lockHolder(fs, folder)?.pid).toBe(process.pid);
  release();
  expect(lockHolder(fs, folder)).toBeUndefined();
  expect(refusal(folder)).toBeUndefined();
});

test("the lock of a process that has ended is taken over", async () => {
  const folder = emptyFolder();
  fs.writeFileSync(join(folder, "lock"), `${await endedProcess()} - 0123456789abcdef\n`);
  expect(refusal(folder)).toBeUndefined();
  expect(lockHolder(fs, folder)?.pid).toBe(process.pid);
  expect(fs.readdirSync(folder)).toEqual(["lock"]);
});

test("the lock of an earlier process with the same id is taken over", () => {
  const folder = emptyFolder();
  fs.writeFileSync(join(folder, "lock"), `${process.pid} another-boot/1 0123456789abcdef\n`);
  expect(refusal(folder)).toBeUndefined();
});

test.each(["", "nonsense\n", "1 2 3\n", `99999999999999 - 0123456789abcdef\n`])(
  "a lock that says %j is nobody's",
  (text) => {
    const folder = emptyFolder();
    fs.writeFileSync(join(folder, "lock"), text);
    expect(refusal(folder)).toBeUndefined();
  },
);

test("the end of a lock that was taken over leaves the new one alone", () => {
  const folder = emptyFolder();
  const release = lockFolder(fs, folder);
  fs.writeFileSync(join(folder, "lock"), `${process.pid} - 0123456789abcdef\n`);
  release();
  expect(fs.existsSync(join(folder, "lock"))).toBe(true);
});
