import { type Segment } from "./segment.ts";
import { type SpoolFiles } from "./spool-files.ts";

/** Which files have to be synced before what was written to them survives the machine. */
export interface SegmentSync {
  /** Something was appended. */
  readonly note: (segment: Segment) => void;
  /** A file was made. */
  readonly noteNew: () => void;
  /** A file was deleted. */
  readonly forget: (segment: Segment) => void;
  /** Syncs what was noted. Rejects with what the file system says; then all of it is still noted. */
  readonly run: () => Promise<void>;
}

/** Nothing is noted at first. `onGone` is told of a file that is not there, and that was not deleted by its owner. */
export function createSegmentSync(files: SpoolFiles, folder: string, onGone: (segment: Segment) => void): SegmentSync {
  const noted = new Set<Segment>();
  const forgotten = new WeakSet<Segment>();
  let isFolderNoted = false;

  // By a descriptor of its own: the writer may close its one meanwhile.
  async function sync(path: string, mode: "r" | "r+"): Promise<void> {
    const fd = files.openSync(path, mode);
    try {
      await new Promise<void>((resolve, reject) => {
        files.fdatasync(fd, (error) => {
          if (error === null) resolve();
          else reject(error);
        });
      });
    } finally {
      files.closeSync(fd);
    }
  }

  async function syncSegment(segment: Segment): Promise<void> {
    try {
      await sync(segment.path, "r+");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
      if (forgotten.has(segment)) return; // all in it was sent
      forgotten.add(segment);
      onGone(segment);
      throw error;
    }
  }

  return {
    note: (segment) => {
      noted.add(segment);
    },
    noteNew: () => {
      isFolderNoted = true;
    },
    forget: (segment) => {
      noted.delete(segment);
      forgotten.add(segment);
    },
    run: async () => {
      const segments = [...noted];
      const withFolder = isFolderNoted;
      noted.clear();
      isFolderNoted = false;
      const syncs = segments.map(syncSegment);
      // Windows cannot open a folder, and does not need to.
      if (withFolder && process.platform !== "win32") syncs.push(sync(folder, "r"));
      const results = await Promise.allSettled(syncs);
      const failed = results.find((result) => result.status === "rejected");
      if (failed === undefined) return;
      for (const segment of segments) if (!forgotten.has(segment)) noted.add(segment);
      isFolderNoted ||= withFolder;
      throw failed.reason;
    },
  };
}
