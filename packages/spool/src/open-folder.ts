import { dirname, resolve } from "node:path";
import { type LossReport } from "@clawmetry/siem-core";
import { lockFolder } from "./folder-lock.ts";
import { lossReport } from "./lost-records.ts";
import { scanFolder } from "./scan-folder.ts";
import { type Segment } from "./segment.ts";
import { type SpoolFiles } from "./spool-files.ts";
import { SpoolError } from "./spool-error.ts";
import { readState, type SpoolState } from "./spool-state.ts";

const OURS = /^(?:state\.json(?:\.new)?|lock(?:\.[0-9a-f]{16})?|[0-7]-[-0-9a-f]{41}\.spool)$/;

/** A folder that this process alone uses. */
export interface OpenFolder {
  /** What the process before this one wrote down, and what its records show. Undefined without one. */
  readonly state: SpoolState | undefined;
  /** With what waits, oldest first. */
  readonly segments: readonly Segment[];
  /** What waits in `segments`, and what `damaged` tells. */
  readonly recovered: number;
  readonly damaged: readonly LossReport[];
  /** The highest order that was used. */
  readonly lastOrder: number;
  /** Lets others use it. */
  readonly release: () => void;
}

/**
 * Makes a folder ready, mode 0700, and finds what is left there: cuts off torn ends, and deletes files of which all was sent.
 * Throws `SpoolError` when another process uses it, and what the file system throws.
 */
export function openFolder(files: SpoolFiles, path: string): OpenFolder {
  makePrivate(files, path);
  const release = lockFolder(files, path);
  try {
    return { ...recover(files, path), release };
  } catch (error) {
    release();
    throw error;
  }
}

// Somebody else's folder is left as it is: it may be shared for a reason.
function makePrivate(files: SpoolFiles, path: string): void {
  const made = files.mkdirSync(path, { recursive: true, mode: 0o700 });
  if (made !== undefined) syncParents(files, path, made);
  const { mode } = files.statSync(path);
  if (process.platform === "win32" || (mode & 0o077) === 0) return;
  if (!files.readdirSync(path).every((name) => OURS.test(name))) {
    const rule = "must be a folder of its own, or have mode 0700";
    throw new SpoolError(`the spool folder ${path} ${rule}`, { code: "folder" });
  }
  files.chmodSync(path, 0o700);
}

// So that a loss of power does not take the folder away. As far as the system lets us: a parent may be closed to us.
function syncParents(files: SpoolFiles, path: string, made: string): void {
  const first = dirname(resolve(made));
  for (let parent = dirname(resolve(path)); parent.length >= first.length; parent = dirname(parent)) {
    try {
      const fd = files.openSync(parent, "r");
      try {
        files.fsyncSync(fd);
      } finally {
        files.closeSync(fd);
      }
    } catch {
      return;
    }
    if (parent === dirname(parent)) return;
  }
}

function recover(files: SpoolFiles, path: string): Omit<OpenFolder, "release"> {
  const state = readState(files, path);
  const confirmedOrder = state?.confirmedOrder ?? 0;
  const scanned = scanFolder(files, path, confirmedOrder);
  for (const { segment, wholeBytes } of scanned) {
    if (segment.unread === 0) files.rmSync(segment.path, { force: true });
    else if (wholeBytes < segment.bytes) cut(files, segment, wholeBytes);
  }
  const damaged = scanned.flatMap(({ segment, damaged: lost }) =>
    lost === undefined ? [] : [lossReport("damaged", segment.boot, lost)],
  );
  const segments = scanned.map(({ segment }) => segment).filter(({ unread }) => unread > 0);
  const waiting = segments.reduce((sum, { unread }) => sum + unread, 0);
  return {
    state: completeState(state, segments),
    segments,
    damaged,
    recovered: damaged.reduce((sum, { count }) => sum + count, waiting),
    lastOrder: scanned.reduce((most, { segment }) => Math.max(most, segment.lastOrder), confirmedOrder),
  };
}

// What it wrote down is up to a second older than its last records.
function completeState(state: SpoolState | undefined, segments: readonly Segment[]): SpoolState | undefined {
  const boot = state?.boot ?? segments.at(-1)?.boot;
  if (boot === undefined) return undefined;
  const lastSeq = segments.reduce((last, segment) => (segment.boot === boot ? Math.max(last, segment.seqTo) : last), 0);
  const known = state ?? { boot, clean: false, lastSeq, confirmedSeq: 0, confirmedOrder: 0, untold: [] };
  return { ...known, lastSeq: Math.max(known.lastSeq, lastSeq) };
}

// So that the damage is not found, and told, again.
function cut(files: SpoolFiles, segment: Segment, wholeBytes: number): void {
  const fd = files.openSync(segment.path, "r+");
  try {
    files.ftruncateSync(fd, wholeBytes);
    segment.bytes = wholeBytes;
  } finally {
    files.closeSync(fd);
  }
}
