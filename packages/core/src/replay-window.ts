import { type Queue } from "./queue.ts";

/**
 * Messages that were handed over shortly before a connection broke may have been lost with it. The window decides which
 * ones are sent again; the queue holds them, and bounds how much it holds.
 */
export interface ReplayWindow {
  /**
   * Takes the first `count` peeked messages out of the queue. Call it between sends only, also with 0 after something else was
   * sent. `to` is where it went. What was handed over in the last `unacknowledgedMs` stays within the window, however long ago the window ended.
   */
  readonly handOver: (count: number, to: object, nowMs: number, unacknowledgedMs: number) => void;
  /**
   * Puts what was handed over since `fromMs`, from the first of it that went to `to`, back at the head of the queue, and gives
   * its number. Without `to`: wherever it went.
   */
  readonly restore: (fromMs: number, to?: object) => number;
  /** How long ago the last hand-over was, in milliseconds. Infinity when nothing of it is kept. */
  readonly age: (nowMs: number) => number;
  /** Since when what was handed over may have been lost, should the connection break now. Infinity when nothing is kept. */
  readonly lostSince: (nowMs: number, silentMs: number) => number;
}

interface Batch {
  readonly to: object;
  readonly startMs: number;
  endMs: number;
  count: number;
}

// Hand-overs this close together expire together, so that the window holds few entries at any rate.
const BATCHES_PER_WINDOW = 16;

/** Keeps what was handed over within `windowMs` before the last hand-over. With 0 nothing is kept. */
export function createReplayWindow(queue: Queue, windowMs: number): ReplayWindow {
  let batches: Batch[] = [];
  let lastMs = -Infinity;

  function lostSince(nowMs: number, silentMs: number): number {
    if (windowMs === 0) return Infinity;
    // What is acknowledged within the window is as it should be.
    return (silentMs > windowMs ? Math.min(lastMs, nowMs - silentMs) : lastMs) - windowMs;
  }
  // From the batch at `index` on. The queue may have let go of the oldest before: what comes back is always the youngest part.
  function bringBack(index: number, keepOthers: boolean): number {
    const back = queue.rewind();
    const young = count(batches.slice(index));
    releaseFirst(queue, back - young, keepOthers);
    return Math.min(back, young);
  }

  function note(added: number, to: object, nowMs: number): void {
    const last = batches.at(-1);
    if (last?.to !== to || nowMs - last.startMs > windowMs / BATCHES_PER_WINDOW) {
      batches.push({ to, startMs: nowMs, endMs: nowMs, count: added });
    } else {
      last.endMs = nowMs;
      last.count += added;
    }
  }

  function trim(fromMs: number): void {
    const index = batches.findIndex((batch) => batch.endMs >= fromMs);
    const first = index === -1 ? batches.length : index;
    if (first === 0) return;
    if (queue.keepYoungest !== undefined) {
      batches = batches.slice(first);
      queue.keepYoungest(count(batches));
      return;
    }
    // Only when half of it is old: every message then costs the same, however many are kept.
    if (count(batches.slice(0, first)) * 2 <= count(batches)) return;
    releaseFirst(queue, bringBack(first, false), true);
    batches = batches.slice(first);
  }

  return {
    lostSince,
    age: (nowMs) => (batches.length === 0 ? Infinity : nowMs - lastMs),
    handOver: (handed, to, nowMs, unacknowledgedMs) => {
      if (handed > 0) queue.release(handed, windowMs > 0);
      if (windowMs === 0) return;
      lastMs = nowMs;
      if (handed > 0) note(handed, to, nowMs);
      trim(Math.min(lastMs, nowMs - unacknowledgedMs) - windowMs);
    },
    restore: (fromMs, to) => {
      const first = batches.findIndex((batch) => batch.endMs >= fromMs && (to === undefined || batch.to === to));
      if (first === -1) return 0;
      const back = bringBack(first, true);
      batches = batches.slice(0, first);
      return back;
    },
  };
}

function count(batches: readonly Batch[]): number {
  return batches.reduce((total, batch) => total + batch.count, 0);
}

function releaseFirst(queue: Queue, messages: number, keep: boolean): void {
  if (messages <= 0) return;
  queue.peek(messages, Infinity);
  queue.release(messages, keep);
}
