import { type Message } from "./message.ts";
import { type QueueStore } from "./queue-store.ts";

/** Holds finished messages in the order in which they are to be sent, within bounds in events and bytes. */
export interface Queue {
  /** Messages waiting: those under way and those that came back for a replay included, those kept for one not. */
  readonly size: number;
  /** UTF-8 bytes of the waiting messages. */
  readonly bytes: number;
  /**
   * Appends. Gives the very objects that it pushed out to make room, or `refused` when the message itself was not taken;
   * then nothing was pushed out.
   */
  readonly offer: (message: Message) => "refused" | readonly Message[];
  /** The oldest messages, at least one when there is one. They are never pushed out until `release`. */
  readonly peek: (maxCount: number, maxBytes: number) => readonly string[];
  /** Removes the first `count` peeked messages. With `keep`, the youngest of them are held, within the byte limit. */
  readonly release: (count: number, keep?: boolean) => void;
  /**
   * Lets go of all kept messages but the youngest `count`. Optional: without it, they are taken back and released again, which
   * costs as much as sending them.
   */
  readonly keepYoungest?: (count: number) => void;
  /**
   * Puts the kept messages back at the head, in order, and gives their number. Like peeked ones they are never pushed
   * out: they were sent once, and are counted as sent.
   */
  readonly rewind: () => number;
  /** Messages held for a replay. Optional. */
  readonly kept?: number;
  /** Where what waits survives the process. Absent in a queue that is in memory alone. */
  readonly store?: QueueStore | undefined;
}
