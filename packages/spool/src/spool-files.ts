import * as fs from "node:fs";

/** The calls of `node:fs` that a spool makes. Tests put a disk that is full in their place. */
export type SpoolFiles = Pick<
  typeof fs,
  | "chmodSync"
  | "closeSync"
  | "fdatasync"
  | "fsyncSync"
  | "fstatSync"
  | "ftruncateSync"
  | "linkSync"
  | "mkdirSync"
  | "openSync"
  | "readdirSync"
  | "readSync"
  | "renameSync"
  | "rmSync"
  | "statSync"
  | "writeSync"
>;

/** The file system of this machine. */
export const systemFiles: SpoolFiles = fs;
