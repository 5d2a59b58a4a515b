import { type SpoolFiles, systemFiles } from "../src/spool-files.ts";

/** A file system that fails when the test says so. */
export interface FailingFiles extends SpoolFiles {
  /** Whatever makes or writes something fails from now on. */
  readonly fail: (code: string) => void;
  /** Files cannot be deleted from now on. */
  readonly failRemoval: (code: string) => void;
  /** Syncs fail from now on. */
  readonly failSync: (code: string) => void;
  readonly work: () => void;
}

/** Works at first. */
export function failingFiles(): FailingFiles {
  let failing: string | undefined;
  let failingSync: string | undefined;
  let failingRemoval: string | undefined;

  function failure(code: string): Error {
    return Object.assign(new Error(`${code}: no`), { code });
  }
  function check(): void {
    if (failing !== undefined) throw failure(failing);
  }
  return {
    ...systemFiles,
    writeSync: ((...parameters: Parameters<typeof systemFiles.writeSync>) => {
      check();
      return systemFiles.writeSync(...parameters);
    }) as typeof systemFiles.writeSync,
    mkdirSync: (...parameters: Parameters<typeof systemFiles.mkdirSync>) => {
      check();
      return systemFiles.mkdirSync(...parameters);
    },
    rmSync: (...parameters: Parameters<typeof systemFiles.rmSync>) => {
      if (failingRemoval !== undefined) throw failure(failingRemoval);
      systemFiles.rmSync(...parameters);
    },
    fdatasync: ((fd: number, callback: (error: NodeJS.ErrnoException | null) => void) => {
      if (failingSync === undefined) systemFiles.fdatasync(fd, callback);
      else callback(failure(failingSync));
    }) as typeof systemFiles.fdatasync,
    fail: (code) => {
      failing = code;
    },
    failRemoval: (code) => {
      failingRemoval = code;
    },
    failSync: (code) => {
      failingSync = code;
    },
    work: () => {
      failing = failingSync = failingRemoval = undefined;
    },
  };
}
