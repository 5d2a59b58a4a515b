import { type Queue } from "./queue.ts";

/**
 * Messages that were handed over shortly before a connection broke may have been lost with it. The window decides which
 * ones are sent again; the queue holds them, and bounds how much it holds.
 */
export interface ReplayWindow {
  /**
   * Takes the first `count` peeked messages out of the queue. Call it between sends only. What was handed over in the last
   * `unacknowledgedMs` stays within the window, however long ago the window ended.
   */
  readonly handOver: (count: number, nowMs: number, unacknowledgedMs: number) => void;
  /** Puts what was handed over since `fromMs` back at the head of the queue, lets go of the rest, and gives its number. */
  readonly restore: (fromMs: number) => number;
  /** How long ago the last hand-over was, in milliseconds. Infinity when nothing of it is kept. */
  readonly age: (nowMs: number) => number;
  /** Since when what was handed over may have been lost, should the connection break now. Infinity when nothing is kept. */
  readonly lostSince: (nowMs: number, silentMs: number) => number;
}

interface Batch {
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
    return windowMs === 0 ? Infinity : Math.min(lastMs, nowMs - silentMs) - windowMs;
  }
  // The queue may have let go of the oldest before: what comes back is always the youngest part.
  function bringBack(fromMs: number): number {
    const back = queue.rewind();
    batches = batches.filter((batch) => batch.endMs >= fromMs);
    const young = count(batches);
    releaseFirst(queue, back - young, false);
    return Math.min(back, young);
  }

  function note(added: number, nowMs: number): void {
    const last = batches.at(-1);
    if (last === undefined || nowMs - last.startMs > windowMs / BATCHES_PER_WINDOW) {
      batches.push({ startMs: nowMs, endMs: nowMs, count: added });
    } else {
      last.endMs = nowMs;
      last.count += added;
    }
  }

  function trim(fromMs: number): void {
    const expired = count(batches.filter((batch) => batch.endMs < fromMs));
    // Only when half of it is old: every message then costs the same, however many are kept.
    if (expired * 2 > count(batches)) releaseFirst(queue, bringBack(fromMs), true);
  }

  return {
    lostSince,
    age: (nowMs) => (batches.length === 0 ? Infinity : nowMs - lastMs),
    handOver: (handed, nowMs, unacknowledgedMs) => {
      if (handed === 0) return;
      lastMs = nowMs;
      queue.release(handed, windowMs > 0);
      if (windowMs === 0) return;
      note(handed, nowMs);
      trim(lostSince(nowMs, unacknowledgedMs));
    },
    restore: (fromMs) => {
      const back = batches.length === 0 ? 0 : bringBack(fromMs);
      batches = [];
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
