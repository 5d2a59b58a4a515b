import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { isRunning, processStart } from "./process-start.ts";
import { SpoolError } from "./spool-error.ts";
import { type SpoolFiles } from "./spool-files.ts";
import { readSmallFile } from "./spool-state.ts";

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  /** As `processStart` tells it. */
  readonly start: string | undefined;
}

const NAME = "lock";
const ATTEMPTS = 5;

/**
 * Makes this process the only user of a folder, and gives the function that ends that. The lock of a process that has ended is taken
 * over. Throws `SpoolError` with the id of the process that holds it, and what the file system throws.
 */
export function lockFolder(files: SpoolFiles, folder: string): () => void {
  const path = join(folder, NAME);
  const own = `${process.pid} ${processStart(process.pid) ?? "-"} ${randomBytes(8).toString("hex")}\n`;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (create(files, path, own))
      return () => {
        release(files, path, own);
      };
    const text = readSmallFile(files, path);
    const holder = text === undefined ? undefined : parseHolder(text);
    if (holder !== undefined && isRunning(holder.pid, holder.start)) {
      const message = `the spool folder ${folder} is in use by process ${holder.pid}`;
      throw new SpoolError(message, { code: "locked", pid: holder.pid });
    }
    if (text !== undefined) takeAway(files, path, text);
  }
  throw new SpoolError(`the spool folder ${folder} is in use by processes that take its lock in turns`, {
    code: "locked",
  });
}

/** The running process that uses a folder. Undefined when none does. Throws what the file system throws. */
export function lockHolder(files: SpoolFiles, folder: string): LockHolder | undefined {
  const text = readSmallFile(files, join(folder, NAME));
  const holder = text === undefined ? undefined : parseHolder(text);
  return holder !== undefined && isRunning(holder.pid, holder.start) ? holder : undefined;
}

// Written aside first: nobody ever reads half a lock.
function create(files: SpoolFiles, path: string, text: string): boolean {
  const draft = asideOf(path);
  try {
    const fd = files.openSync(draft, "wx", 0o600);
    try {
      files.writeSync(fd, text);
    } finally {
      files.closeSync(fd);
    }
    return link(files, draft, path);
  } finally {
    files.rmSync(draft, { force: true });
  }
}

// Renamed first: of two processes that find the same dead holder, only one gets its file, and sees if it is another one by now.
function takeAway(files: SpoolFiles, path: string, text: string): void {
  const aside = asideOf(path);
  try {
    files.renameSync(path, aside);
  } catch {
    return; // somebody else was quicker
  }
  if (readSmallFile(files, aside) !== text) link(files, aside, path);
  files.rmSync(aside, { force: true });
}

function link(files: SpoolFiles, from: string, to: string): boolean {
  try {
    files.linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function asideOf(path: string): string {
  return `${path}.${randomBytes(8).toString("hex")}`;
}

function release(files: SpoolFiles, path: string, text: string): void {
  if (readSmallFile(files, path) === text) files.rmSync(path, { force: true });
}

function parseHolder(text: string): LockHolder | undefined {
  const [, pid, start] = /^(\d{1,10}) (\S+) [0-9a-f]{16}\n$/.exec(text) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), start: start === "-" ? undefined : start };
}
