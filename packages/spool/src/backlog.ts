import { Buffer } from "node:buffer";
import { type Message, type QueueLimits } from "@clawmetry/siem-core";
import { laneSeverity, lossOfMessage } from "./lost-records.ts";
import { createMemoryWindow, type Held, type MemoryWindow } from "./memory-window.ts";
import { type NewRecord } from "./segment-log.ts";
import { type SpoolDisk } from "./spool-disk.ts";
import { type SpoolNews } from "./spool-news.ts";

/** What the exporter makes of a message that comes back to memory. */
export type Admit = (message: Message, boot: string, number: number, atMs: number) => Message;

/** What waits behind the messages in memory: on disk, and while the disk cannot be used, in a queue of its own behind that. */
export interface Backlog {
  readonly size: number;
  /** Messages in that queue, and their UTF-8 bytes. */
  readonly inMemory: number;
  readonly bytes: number;
  /** Takes in a message, at the cost of others where the policy says so. */
  readonly offer: (held: Held) => boolean;
  /** Moves the oldest ones to `head`, when few are there. */
  readonly load: (head: MemoryWindow, admit: Admit) => void;
  /** Moves what is in the queue to disk. Throws what the file system throws; then the rest is still there. */
  readonly moveToDisk: () => void;
}

/** What a backlog is made of. */
export interface BacklogParts {
  readonly disk: SpoolDisk;
  readonly news: SpoolNews;
  readonly limits: Required<Pick<QueueLimits, "maxEvents" | "maxBytes" | "dropPolicy">> & QueueLimits;
  /** Boot id of this process. */
  readonly boot: () => string;
}

// A few batches: enough to send while the next ones are read.
const FILL_EVENTS = 2048;
const FILL_BYTES = 1024 * 1024;

/** A backlog of what the disk holds already. */
export function createBacklog({ disk, news, limits, boot }: BacklogParts): Backlog {
  const half = { maxEvents: Math.ceil(limits.maxEvents / 2), maxBytes: Math.ceil(limits.maxBytes / 2) };
  const behind = createMemoryWindow({ ...limits, ...half });
  const fillEvents = Math.min(FILL_EVENTS, half.maxEvents);
  const fillBytes = Math.min(FILL_BYTES, half.maxBytes);

  const sizeOf = (): number => (disk.log?.unread ?? 0) + behind.size;

  function toDisk(held: Held): boolean {
    const { log } = disk;
    if (log === undefined) return false;
    const record = recordOf(held);
    try {
      if (!log.makeRoom(record, limits.dropPolicy)) return false;
    } finally {
      news.lost(log.takeLost());
    }
    log.append(record, true);
    return true;
  }
  function toMemory(held: Held): boolean {
    const evicted = behind.offer(held);
    if (evicted === "refused") return false;
    news.lost(evicted.map((message) => lossOfMessage(message, boot())));
    return true;
  }
  // Gives false when the next one has to wait for room.
  function loadFromDisk(head: MemoryWindow, admit: Admit): boolean {
    const found = disk.log?.peek();
    news.lost(disk.log?.takeLost() ?? []);
    if (found === undefined) return true;
    const { record } = found;
    const { order, severity, text, group, number, atMs } = record;
    const bytes = Buffer.byteLength(text);
    const message = { text, severity, group, entry: { number, atMs } };
    if (bytes > limits.maxBytes) {
      news.lost([lossOfMessage(message, found.boot)]); // it was written under wider limits
    } else if (head.bytes + bytes > limits.maxBytes) {
      return false;
    } else {
      head.offer({ order, message: admit(message, found.boot, number, atMs), isLogged: true });
    }
    disk.log?.take();
    return true;
  }
  function loadFromMemory(head: MemoryWindow, admit: Admit): boolean {
    const held = behind.takeOldest();
    if (held === undefined) return false;
    const { number = 0, atMs = 0 } = held.message.entry ?? {};
    head.offer({ ...held, message: admit(held.message, boot(), number, atMs) });
    return true;
  }

  return {
    get size() {
      return sizeOf();
    },
    get inMemory() {
      return behind.size;
    },
    get bytes() {
      return behind.bytes;
    },
    offer: (held) => {
      // Behind those that came before it.
      if (behind.size > 0 || disk.problem !== undefined || disk.log === undefined) return toMemory(held);
      try {
        return toDisk(held);
      } catch (error) {
        disk.fail(error);
        return toMemory(held);
      }
    },
    load: (head, admit) => {
      if (sizeOf() === 0 || head.size * 4 >= fillEvents || head.bytes * 4 >= fillBytes) return;
      try {
        for (let goesOn = true; goesOn && sizeOf() > 0 && head.size < fillEvents && head.bytes < fillBytes; ) {
          goesOn = (disk.log?.unread ?? 0) > 0 ? loadFromDisk(head, admit) : loadFromMemory(head, admit);
        }
      } catch (error) {
        disk.fail(error);
      }
    },
    moveToDisk: () => {
      for (const held of behind.waiting()) {
        if (!toDisk(held)) return; // full: the rest waits where it is
        behind.takeOldest();
      }
    },
  };
}

/** A message as it is written down. */
export function recordOf({ order, message }: Held): NewRecord {
  const { text, group, entry } = message;
  return { order, number: entry?.number ?? 0, atMs: entry?.atMs ?? 0, severity: laneSeverity(message), text, group };
}
