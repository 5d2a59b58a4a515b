import { Buffer } from "node:buffer";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { type LossReport } from "@clawmetry/siem-core";
import { type SpoolFiles } from "./spool-files.ts";

/** What a process wrote down of itself in its folder. */
export interface SpoolState {
  readonly boot: string;
  /** Whether it closed the spool. */
  readonly clean: boolean;
  readonly lastSeq: number;
  readonly confirmedSeq: number;
  /** Every record up to it was sent. */
  readonly confirmedOrder: number;
  /** Losses that were not told. */
  readonly untold: readonly LossReport[];
}

const NAME = "state.json";
// Some losses and a few numbers. A longer file is none of ours.
const MAX_BYTES = 1024 * 1024;

/** Replaces the state in one step, mode 0600. With `sync`, it survives the machine. Throws what the file system throws. */
export function writeState(files: SpoolFiles, folder: string, state: SpoolState, sync: boolean): void {
  const text = JSON.stringify(state);
  const bytes = Buffer.from(`${checkOf(text)} ${text}\n`);
  const draft = join(folder, `${NAME}.new`);
  const fd = files.openSync(draft, "w", 0o600);
  try {
    for (let written = 0; written < bytes.length; ) written += files.writeSync(fd, bytes, written);
    if (sync) files.fsyncSync(fd);
  } finally {
    files.closeSync(fd);
  }
  files.renameSync(draft, join(folder, NAME));
}

/** The state that is there. Undefined without one, and for one that is damaged. Throws what the file system throws. */
export function readState(files: SpoolFiles, folder: string): SpoolState | undefined {
  const text = readSmallFile(files, join(folder, NAME));
  const [, check, json = ""] = /^([0-9a-f]{8}) (.*)\n$/s.exec(text ?? "") ?? [];
  if (check === undefined || check !== checkOf(json)) return undefined;
  const state: unknown = JSON.parse(json); // as it was written: the check says so
  return isState(state) ? state : undefined;
}

/** The text of a file of at most a MiB. Undefined without one. */
export function readSmallFile(files: SpoolFiles, path: string): string | undefined {
  try {
    const fd = files.openSync(path, "r");
    try {
      const memory = Buffer.alloc(Math.min(files.fstatSync(fd).size, MAX_BYTES));
      return memory.toString("utf8", 0, files.readSync(fd, memory, 0, memory.length, 0));
    } finally {
      files.closeSync(fd);
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function checkOf(text: string): string {
  return crc32(Buffer.from(text)).toString(16).padStart(8, "0");
}

function isState(value: unknown): value is SpoolState {
  if (typeof value !== "object" || value === null) return false;
  const state = value as Partial<Record<keyof SpoolState, unknown>>;
  return (
    typeof state.boot === "string" &&
    /^[0-9a-f]{8}$/.test(state.boot) &&
    typeof state.clean === "boolean" &&
    [state.lastSeq, state.confirmedSeq, state.confirmedOrder].every(Number.isSafeInteger) &&
    Array.isArray(state.untold) &&
    state.untold.every(isReport)
  );
}

function isReport(value: unknown): value is LossReport {
  if (typeof value !== "object" || value === null) return false;
  const report = value as Partial<Record<keyof LossReport, unknown>>;
  const { count, startMs, endMs, seqFrom, seqTo, byReason, bySeverity } = report;
  return (
    report.kind === "loss" &&
    [count, startMs, endMs, seqFrom, seqTo].every(Number.isFinite) &&
    [byReason, bySeverity].every((counts) => typeof counts === "object" && counts !== null)
  );
}
