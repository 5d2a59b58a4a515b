import { recordOf } from "./backlog.ts";
import { type Held, type MemoryWindow } from "./memory-window.ts";
import { type SegmentLog } from "./segment-log.ts";

/** Writes down what is in memory, so that it survives the process. */
export interface HeadLog {
  /** One that is about to be offered. Throws what the file system throws; then it was not taken. */
  readonly add: (log: SegmentLog, held: Held) => void;
  /** The youngest that wait, all since the last one that was written down. Throws as `addWaiting`. */
  readonly addNewest: (log: SegmentLog) => void;
  /** All that wait and were not written down. Throws what the file system throws; then the rest was not taken. */
  readonly addWaiting: (log: SegmentLog) => void;
}

/** Nothing was written down so far. `nextOrder` gives an order above all others. */
export function createHeadLog(head: MemoryWindow, nextOrder: () => number): HeadLog {
  let lastOrder = -Infinity;

  function add(log: SegmentLog, held: Held): void {
    // What came back for a replay is older than what was written down before it.
    const order = held.order > lastOrder ? held.order : nextOrder();
    log.append({ ...recordOf(held), order }, false);
    lastOrder = order;
    held.isLogged = true;
  }
  return {
    add,
    addNewest: (log) => {
      for (const held of head.newest()) add(log, held);
    },
    addWaiting: (log) => {
      for (const held of head.waiting()) if (!held.isLogged) add(log, held);
    },
  };
}
