import { type QueueStore, type StoreRun, type StoreStats } from "@clawmetry/siem-core";
import { type Backlog } from "./backlog.ts";
import { type GroupCommit } from "./group-commit.ts";
import { type HeadLog } from "./head-log.ts";
import { type MemoryWindow } from "./memory-window.ts";
import { type SpoolDisk } from "./spool-disk.ts";
import { type SpoolNews } from "./spool-news.ts";
import { type ResolvedSpoolOptions } from "./spool-options.ts";

/** What the store of a spool is made of. */
export interface SpoolStoreParts {
  readonly options: ResolvedSpoolOptions;
  readonly head: MemoryWindow;
  readonly headLog: HeadLog;
  readonly backlog: Backlog;
  readonly disk: SpoolDisk;
  readonly news: SpoolNews;
  readonly commits: GroupCommit;
  /** The highest order that was given out. */
  readonly lastOrder: () => number;
  readonly onBegin: (run: StoreRun) => void;
}

/** The lasting part of a spool. */
export interface SpoolStore {
  readonly queueStore: QueueStore;
  /** Everything up to it was sent. */
  readonly confirmedOrder: () => number;
  /** Makes durable what was offered. Rejects with what keeps it from that. */
  readonly commit: () => Promise<void>;
}

/** Writes what waits at every interval, with the state of the process, and tries again what could not be written. */
export function createSpoolStore(parts: SpoolStoreParts): SpoolStore {
  const { options, head, headLog, backlog, disk, news, commits } = parts;
  const { effects, sync, limits, maxBytes } = options;
  let run: StoreRun | undefined;
  let cancelTimer = (): void => undefined;
  let recovered = 0;
  let closed = false;

  function confirmedOrder(): number {
    const oldest = Math.min(head.oldestOrder - 1, disk.log?.oldestUnread ?? Infinity);
    return oldest === Infinity ? parts.lastOrder() : oldest;
  }
  // Throws what the file system throws.
  function write(): void {
    const { log } = disk;
    if (log === undefined) throw new Error("the spool is not open");
    headLog.addWaiting(log);
    backlog.moveToDisk();
    log.flush();
  }
  async function commit(): Promise<void> {
    if (disk.problem !== undefined) throw new Error(disk.problem);
    try {
      write();
      await disk.log?.sync();
    } catch (error) {
      if (isGone(error)) head.forgetLog();
      throw new Error(disk.fail(error), { cause: error });
    }
    if (backlog.inMemory > 0) throw new Error(`the spool folder ${options.folder} is full`);
  }
  // At once: by the time of the commit it may have been handed over, which is less than what was asked for.
  function takeNewest(): void {
    if (disk.problem !== undefined || disk.log === undefined) return;
    try {
      headLog.addNewest(disk.log);
    } catch (error) {
      disk.fail(error);
    }
  }
  function writeState(clean: boolean): void {
    if (run === undefined) return;
    const { lastSeq, confirmedSeq, untold } = run.facts();
    disk.write(
      { boot: run.boot, clean, lastSeq, confirmedSeq, confirmedOrder: confirmedOrder(), untold },
      clean && sync !== "never",
    );
  }
  // Gives whether the disk can be written.
  function tryToWrite(): boolean {
    if (disk.problem !== undefined && !disk.retry()) return false;
    try {
      write();
      writeState(false);
      disk.log?.reclaim(confirmedOrder());
      if (disk.problem !== undefined) disk.recover();
      if (hasRoom()) run?.onRoom();
      return true;
    } catch (error) {
      disk.fail(error);
      return false;
    }
  }
  function tick(): void {
    if (tryToWrite() && sync !== "never") void commits.request().catch(() => undefined); // told by `fail`
    cancelTimer = effects.setTimer(tick, options.syncIntervalMs);
  }
  function hasRoom(): boolean {
    const inMemory = head.size + (disk.problem === undefined ? 0 : backlog.size);
    const bytes = head.bytes + backlog.bytes;
    if (disk.problem === undefined && disk.log !== undefined) return disk.log.bytes <= maxBytes / 2;
    return inMemory <= limits.maxEvents / 2 && bytes <= limits.maxBytes / 2;
  }
  function statsOf(): StoreStats {
    const { problem, log } = disk;
    const stats = { events: backlog.size, bytes: log?.bytes ?? 0, recovered };
    return problem === undefined ? { state: "disk", ...stats } : { state: "memory", ...stats, problem };
  }
  // Of what waits.
  function countWritten(): number {
    const { log } = disk;
    if (log === undefined) return 0;
    const logged = head.waiting().filter(({ isLogged }) => isLogged).length;
    return log.unread - log.unwritten(true) + Math.max(0, logged - log.unwritten(false));
  }
  async function close(): Promise<number> {
    if (closed) return 0;
    closed = true;
    cancelTimer();
    await commits.idle();
    head.keepYoungest(0); // the exporter has put back what may have been lost
    if (disk.problem !== undefined) disk.retry();
    try {
      write();
      if (sync !== "never") await disk.log?.sync();
    } catch (error) {
      disk.fail(error);
    }
    const kept = countWritten();
    try {
      writeState(true);
      disk.log?.reclaim(confirmedOrder(), true);
    } catch (error) {
      disk.fail(error);
    }
    disk.close();
    return kept;
  }

  return {
    confirmedOrder,
    commit,
    queueStore: {
      get previous() {
        return disk.previous;
      },
      get size() {
        return backlog.size;
      },
      get hasRoom() {
        return hasRoom();
      },
      get stats() {
        return statsOf();
      },
      begin: (begun) => {
        run = begun;
        parts.onBegin(begun);
        disk.begin(begun.boot);
        tryToWrite();
        news.listen(begun.onNews);
        cancelTimer = effects.setTimer(tick, options.syncIntervalMs);
      },
      load: (admit) => {
        backlog.load(head, admit);
      },
      takeNews: () => {
        const taken = news.take();
        recovered += taken?.recovered ?? 0;
        return taken;
      },
      secure: async () => {
        takeNewest();
        await commits.request();
      },
      close,
    },
  };
}

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
