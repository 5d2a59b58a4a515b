import { Buffer } from "node:buffer";
import { type Message, type Queue, type QueueLimits, type QueueStore, type StoreRun } from "@clawmetry/siem-core";
import { createBacklog } from "./backlog.ts";
import { createGroupCommit } from "./group-commit.ts";
import { createHeadLog } from "./head-log.ts";
import { createMemoryWindow, type Held } from "./memory-window.ts";
import { MAX_BODY_BYTES } from "./record.ts";
import { openDisk } from "./spool-disk.ts";
import { createSpoolNews } from "./spool-news.ts";
import { resolveSpoolOptions, type SpoolOptions } from "./spool-options.ts";
import { createSpoolStore } from "./spool-store.ts";

/** A queue in memory and on disk. */
export interface Spool extends Queue {
  readonly store: QueueStore;
}

const NOTHING: readonly Message[] = Object.freeze([]);
// So that what waits while the folder cannot be opened comes after what is found there later.
const ORDERS_PER_MS = 256;

/**
 * Opens the spool of a folder. Messages stay in memory until half of `limits` is used; those after them are on disk alone until
 * memory is nearly empty again. Throws `OptionError`, and `SpoolError` when another process uses the folder or it cannot be a
 * spool; a disk that is full or read-only is no error: until it can be written again, all is in memory, and `store.stats` says so.
 */
export function openSpool(options: SpoolOptions): Spool {
  const resolved = resolveSpoolOptions(options);
  const { limits, sync, effects } = resolved;
  const news = createSpoolNews();
  const head = createMemoryWindow(limits); // before the folder is locked: it may refuse its limits
  const disk = openDisk(resolved, news);
  let order = effects.now() * ORDERS_PER_MS;
  let run: StoreRun | undefined;

  const nextOrder = (): number => (order = Math.max(order, disk.lastOrder) + 1);
  const headLog = createHeadLog(head, nextOrder);
  const backlog = createBacklog({ disk, news, limits, boot: () => run?.boot ?? "00000000" });
  const commits = createGroupCommit(async () => {
    await store.commit();
  });
  const store = createSpoolStore({
    options: resolved,
    head,
    headLog,
    backlog,
    disk,
    news,
    commits,
    lastOrder: () => Math.max(order, disk.lastOrder),
    onBegin: (begun) => {
      run = begun;
    },
  });

  function staysInMemory(): boolean {
    if (backlog.size > 0) return false;
    if (disk.problem !== undefined || disk.log === undefined) return true;
    return head.size < limits.maxEvents / 2 && head.bytes < limits.maxBytes / 2;
  }
  function toHead(held: Held): "refused" | readonly Message[] {
    const { log } = disk;
    if (sync === "always" && disk.problem === undefined && log !== undefined) {
      try {
        if (log.bytes > resolved.maxBytes) log.reclaim(store.confirmedOrder());
        if (log.bytes > resolved.maxBytes) return "refused";
        headLog.add(log, held);
      } catch (error) {
        disk.fail(error);
      }
    }
    return head.offer(held);
  }

  return {
    get size() {
      return head.size + backlog.size;
    },
    get bytes() {
      return head.bytes + backlog.bytes;
    },
    offer: (message) => {
      if (isTooLarge(message, limits)) return "refused";
      const held = { order: nextOrder(), message, isLogged: false };
      const outcome = staysInMemory() ? toHead(held) : backlog.offer(held) ? NOTHING : "refused";
      if (sync === "always" && outcome !== "refused") void commits.request().catch(() => undefined); // told by `fail`
      return outcome;
    },
    peek: head.peek,
    release: (count, keep = false) => {
      head.release(count, keep);
    },
    keepYoungest: head.keepYoungest,
    rewind: head.rewind,
    store: store.queueStore,
  };
}

// What fits into memory alone could not be written down.
function isTooLarge({ text }: Message, { maxBytes = Infinity }: QueueLimits): boolean {
  return Buffer.byteLength(text) > Math.min(maxBytes, MAX_BODY_BYTES / 2);
}
