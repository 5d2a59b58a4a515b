import { openFolder, type OpenFolder } from "./open-folder.ts";
import { createSegmentLog, type SegmentLog } from "./segment-log.ts";
import { SpoolError } from "./spool-error.ts";
import { type SpoolNews } from "./spool-news.ts";
import { type ResolvedSpoolOptions } from "./spool-options.ts";
import { type SpoolState, writeState } from "./spool-state.ts";

/** The folder of a spool, which may be out of use for a time. */
export interface SpoolDisk {
  /** What the process before this one wrote down. */
  readonly previous: SpoolState | undefined;
  /** The highest order that was used before. */
  readonly lastOrder: number;
  /** Absent until `begin`, and while the folder cannot be opened. What is in it can be read also when `problem` is there. */
  readonly log: SegmentLog | undefined;
  /** Why nothing can be written at present. */
  readonly problem: string | undefined;
  readonly begin: (boot: string) => void;
  /** Something could not be written: nothing is, from now on. Gives `problem`. */
  readonly fail: (error: unknown) => string;
  /** Tries to write again. Gives whether that may go well. */
  readonly retry: () => boolean;
  /** All is well again. */
  readonly recover: () => void;
  /** Throws what the file system throws. */
  readonly write: (state: SpoolState, sync: boolean) => void;
  readonly close: () => void;
}

// What passes by itself, or when somebody makes room. Anything else is a folder that was never meant to be one.
const PASSING: ReadonlySet<unknown> = new Set([
  "ENOSPC",
  "EDQUOT",
  "EROFS",
  "EIO",
  "EMFILE",
  "ENFILE",
  "ENOMEM",
  "EBUSY",
]);

/** Opens the folder. Throws `SpoolError` when another process uses it, and when it cannot be used at all. */
export function openDisk(options: ResolvedSpoolOptions, news: SpoolNews): SpoolDisk {
  const { files, folder: path } = options;
  let folder: OpenFolder | undefined;
  let log: SegmentLog | undefined;
  let boot: string | undefined;
  let problem: string | undefined;

  function fail(error: unknown): string {
    if (problem !== undefined) return problem;
    problem = `the spool folder ${path} cannot be used: ${reasonOf(error)}`;
    news.problem(`${problem}; events wait in memory alone`);
    return problem;
  }
  function open(): void {
    folder = openFolder(files, path);
    news.recovered(folder.recovered);
    news.lost(folder.damaged);
    openLog();
  }
  function openLog(): void {
    if (boot === undefined || folder === undefined) return;
    const { segments, state } = folder;
    log = createSegmentLog({ ...options, boot, segments, confirmedOrder: state?.confirmedOrder ?? 0 });
  }
  try {
    open();
  } catch (error) {
    if (error instanceof SpoolError) throw error;
    if (!PASSING.has(codeOf(error))) {
      throw new SpoolError(`the spool folder ${path} cannot be used: ${reasonOf(error)}`, {
        code: "folder",
        cause: error,
      });
    }
    fail(error);
  }

  return {
    get previous() {
      return folder?.state;
    },
    get lastOrder() {
      return folder?.lastOrder ?? 0;
    },
    get log() {
      return log;
    },
    get problem() {
      return problem;
    },
    begin: (id) => {
      boot = id;
      openLog();
    },
    fail,
    retry: () => {
      try {
        if (folder === undefined) open();
        log?.flush();
        return log !== undefined;
      } catch {
        return false; // told already
      }
    },
    recover: () => {
      problem = undefined;
      news.problem(`the spool folder ${path} is in use again`);
    },
    write: (state, sync) => {
      if (folder !== undefined) writeState(files, path, state, sync);
    },
    close: () => {
      log?.close();
      folder?.release();
      log = folder = undefined;
    },
  };
}

// The code of the system, such as ENOSPC: its message repeats the path.
function reasonOf(error: unknown): string {
  if (error instanceof SpoolError) return error.message;
  const code = codeOf(error);
  return typeof code === "string" ? code : "an unknown error";
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
