import { mkdtemp, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "./run-program.ts";

/** A disk that is full soon. */
export interface SmallDisk {
  readonly folder: string;
  /** Gives it more room, in the notation of tmpfs such as `64m`. */
  readonly grow: (size: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Mounts a tmpfs of `size`, such as `1m`. Needs the right to mount, which tools/run-isolated.sh gives. */
export async function mountSmallDisk(size: string): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), "siem-small-disk-"));
  await runProgram("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
  return {
    folder,
    grow: async (larger) => {
      await runProgram("mount", ["-o", `remount,size=${larger}`, folder]);
    },
    remove: async () => {
      await runProgram("umount", [folder]);
      await rmdir(folder);
    },
  };
}
