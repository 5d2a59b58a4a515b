import { memoryQueue, type Message, type QueueLimits } from "@clawmetry/siem-core";

/** A message in memory, with its place in the spool. */
export interface Held {
  readonly order: number;
  readonly message: Message;
  /** Whether it is in the log too. */
  isLogged: boolean;
}

/** A memory queue that knows the place of each of its messages in the spool. */
export interface MemoryWindow {
  readonly size: number;
  readonly bytes: number;
  /** The order of the oldest message that waits or is kept for a replay. Infinity without one. */
  readonly oldestOrder: number;
  /** As `Queue.offer`. */
  readonly offer: (held: Held) => "refused" | readonly Message[];
  readonly peek: (maxCount: number, maxBytes: number) => readonly string[];
  readonly release: (count: number, keep: boolean) => void;
  readonly keepYoungest: (count: number) => void;
  readonly rewind: () => number;
  /** Takes out the oldest one that waits. Undefined when none does. */
  readonly takeOldest: () => Held | undefined;
  /** None of them counts as written down any more. */
  readonly forgetLog: () => void;
  /** Those that wait, oldest first. */
  readonly waiting: () => readonly Held[];
  /** The youngest of them that were not written down, oldest first: all since the last one that was. */
  readonly newest: () => readonly Held[];
}

/** An empty window. */
export function createMemoryWindow(limits: QueueLimits): MemoryWindow {
  const queue = memoryQueue(limits);
  // In the order of the queue, from `first` on; with those that were pushed out, until they get there.
  let waiting: Held[] = [];
  let first = 0;
  const pushedOut = new Set<Message>();
  // Those kept for a replay, without their texts; with those that the queue has let go of.
  let kept: Held[] = [];
  // A folder that could not be opened at once brings messages that are older than those that are here.
  let isInOrder = true;
  let youngestOrder = -Infinity;

  const present = (): Held[] => waiting.slice(first).filter(({ message }) => !pushedOut.has(message));

  function compact(): void {
    waiting = present();
    first = 0;
    pushedOut.clear();
  }
  function shift(): Held | undefined {
    for (let held = waiting[first]; held !== undefined; held = waiting[first]) {
      first += 1;
      if (pushedOut.size === 0 || !pushedOut.delete(held.message)) return held;
    }
    return undefined;
  }
  function trimKept(): void {
    const excess = kept.length - (queue.kept ?? 0);
    if (excess > 0) kept = kept.slice(excess);
  }

  return {
    get size() {
      return queue.size;
    },
    get bytes() {
      return queue.bytes;
    },
    get oldestOrder() {
      trimKept();
      if (pushedOut.size > 0) compact();
      if (isInOrder) return kept[0]?.order ?? waiting[first]?.order ?? Infinity;
      return [...kept, ...present()].reduce((oldest, { order }) => Math.min(oldest, order), Infinity);
    },
    offer: (held) => {
      const evicted = queue.offer(held.message);
      if (evicted === "refused") return "refused";
      waiting.push(held);
      isInOrder &&= held.order > youngestOrder;
      youngestOrder = Math.max(youngestOrder, held.order);
      for (const message of evicted) pushedOut.add(message);
      if (pushedOut.size > queue.size) compact();
      return evicted;
    },
    peek: queue.peek,
    release: (count, keep) => {
      queue.release(count, keep);
      for (let left = count; left > 0; left--) {
        const held = shift();
        if (held === undefined) break;
        if (keep) kept.push({ ...held, message: { ...held.message, text: "" } });
      }
      if (first > 1024 && first * 2 > waiting.length) compact();
      if (kept.length > 1024 && kept.length > 2 * (queue.kept ?? 0)) trimKept();
    },
    keepYoungest: (count) => {
      queue.keepYoungest?.(count);
    },
    rewind: () => {
      trimKept();
      const count = queue.rewind();
      const texts = queue.peek(count, Infinity);
      const back = kept.map((held, index) => ({ ...held, message: { ...held.message, text: texts[index] ?? "" } }));
      waiting = [...back, ...present()];
      first = 0;
      pushedOut.clear();
      kept = [];
      return count;
    },
    takeOldest: () => {
      queue.release(queue.peek(1, 0).length);
      return shift();
    },
    forgetLog: () => {
      for (const held of present()) held.isLogged = false;
    },
    waiting: present,
    newest: () => {
      const found: Held[] = [];
      for (let index = waiting.length - 1; index >= first; index--) {
        const held = waiting[index];
        if (held === undefined || held.isLogged) break;
        if (!pushedOut.has(held.message)) found.push(held);
      }
      return found.reverse();
    },
  };
}
