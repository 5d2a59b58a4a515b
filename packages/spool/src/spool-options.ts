import { type Effects, OptionError, type QueueLimits, systemEffects } from "@clawmetry/siem-core";
import { type SpoolFiles, systemFiles } from "./spool-files.ts";

/**
 * When what waits is written and synced. `always`: every message at once, many of them together. `interval`: what still waits at
 * the end of each interval. `never`: written as with `interval`, and left to the system to sync.
 */
export type SpoolSync = "always" | "interval" | "never";

/** Where a spool is and what it may take. `folder` is all it needs. */
export interface SpoolOptions {
  /** A folder of its own. Made, mode 0700, when it is not there. */
  readonly folder: string;
  /** Default `interval`. */
  readonly sync?: SpoolSync;
  /** Time between two writes of what still waits, 10–60000. Default 1000. */
  readonly syncIntervalMs?: number;
  /** Bytes of all files at most: at least 1 048 576 (1 MiB). Default 1 073 741 824 (1 GiB). */
  readonly maxBytes?: number;
  /** Bounds of what is in memory, half of which is used before the disk is, and what a full spool gives up. Default: those of `memoryQueue`. */
  readonly limits?: QueueLimits;
  /** Default `systemEffects`. */
  readonly effects?: Pick<Effects, "now" | "setTimer">;
  /** Default: the file system of this machine. */
  readonly files?: SpoolFiles;
}

/** Options with every default filled in. */
export interface ResolvedSpoolOptions extends Required<Omit<SpoolOptions, "limits">> {
  readonly limits: Required<Omit<QueueLimits, "sessionShare">> & QueueLimits;
  /** Bytes at which a file is ended. */
  readonly segmentBytes: number;
}

const SYNCS: readonly unknown[] = ["always", "interval", "never"];
const MAX_SEGMENT_BYTES = 16 * 1024 * 1024;

/** Fills in the defaults. Throws `OptionError`. Does not change its argument. */
export function resolveSpoolOptions(options: SpoolOptions): ResolvedSpoolOptions {
  const { folder, sync = "interval", syncIntervalMs = 1000, maxBytes = 1024 ** 3, limits = {} } = options;
  const { effects = systemEffects, files = systemFiles } = options;
  if (folder === "") throw new OptionError("folder", "the path of a folder", folder);
  if (!SYNCS.includes(sync)) throw new OptionError("sync", '"always", "interval" or "never"', sync);
  if (!(syncIntervalMs >= 10 && syncIntervalMs <= 60_000)) {
    throw new OptionError("syncIntervalMs", "a number from 10 to 60000", syncIntervalMs);
  }
  if (!(Number.isSafeInteger(maxBytes) && maxBytes >= 1024 ** 2)) {
    throw new OptionError("maxBytes", "an integer of at least 1048576", maxBytes);
  }
  const { maxEvents = 10_000, maxBytes: maxMemoryBytes = 32 * 1024 * 1024, dropPolicy = "least-severe" } = limits;
  return {
    folder,
    sync,
    syncIntervalMs,
    maxBytes,
    limits: { ...limits, maxEvents, maxBytes: maxMemoryBytes, dropPolicy },
    effects,
    files,
    segmentBytes: Math.min(MAX_SEGMENT_BYTES, Math.floor(maxBytes / 64)),
  };
}
