import { type LossReport } from "./loss-window.ts";
import { type Message } from "./message.ts";

/** What is known of the process that used a store before this one. */
export interface PreviousRun {
  /** Its boot id. */
  readonly boot: string;
  /** Whether it closed the store. False after a crash: then what it did last may not be known. */
  readonly clean: boolean;
  /** The highest sequence number that it is known to have given out. */
  readonly lastSeq: number;
  /** Every number up to it is known to have been sent or dropped. */
  readonly confirmedSeq: number;
  /** Losses that it had not told yet. */
  readonly untold: readonly LossReport[];
}

/** What a store writes down of the process that uses it. */
export interface RunFacts {
  readonly lastSeq: number;
  readonly confirmedSeq: number;
  /** Losses that no delivered event has told yet. */
  readonly untold: readonly LossReport[];
}

/** The exporter, as a store sees it. */
export interface StoreRun {
  /** 8 hex digits. */
  readonly boot: string;
  /** The facts of this moment. */
  readonly facts: () => RunFacts;
  /** `takeNews` has something to give. */
  readonly onNews: () => void;
  /** `hasRoom` holds, and perhaps did not before. */
  readonly onRoom: () => void;
}

/** What has happened in a store. */
export interface StoreNews {
  /** Messages that an earlier process left, with those of them that `lost` tells. */
  readonly recovered: number;
  /** Messages of the store that were given up, or cannot be read any more. */
  readonly lost: readonly LossReport[];
  /** Why it works in memory alone from now on, or that it uses the disk again. */
  readonly problems: readonly string[];
}

/** How a store is doing. */
export interface StoreStats {
  /** `memory`: the disk cannot be used at present, and what comes is held in memory alone. */
  readonly state: "disk" | "memory";
  /** Messages that are in the store and not in memory. */
  readonly events: number;
  /** Bytes of its files. */
  readonly bytes: number;
  /** Messages that an earlier process left. */
  readonly recovered: number;
  /** Why `state` is `memory`. */
  readonly problem?: string;
}

/** The part of a queue that holds what does not fit into memory, and outlives the process. */
export interface QueueStore {
  /** Undefined when no process has used it before. */
  readonly previous: PreviousRun | undefined;
  /** Messages that are in the store and not in memory. They follow those in memory. */
  readonly size: number;
  /** Whether half of it is free. */
  readonly hasRoom: boolean;
  readonly stats: StoreStats;
  /** Called once, before anything is offered. */
  readonly begin: (run: StoreRun) => void;
  /**
   * Moves the next messages to memory when few are there, and gives each to `admit` first, with the number and the boot id under
   * which it was sent and the time of that send. What `admit` gives back is the message from then on.
   */
  readonly load: (admit: (message: Message, boot: string, number: number, atMs: number) => Message) => void;
  /** What has happened since the last call. */
  readonly takeNews: () => StoreNews | undefined;
  /**
   * Resolves when everything offered before the call is on disk and synced: it survives the end of the process and of the
   * machine. Rejects with an `Error` that says why it does not.
   */
  readonly secure: () => Promise<void>;
  /** Writes down what waits, ends the store, and gives the number of waiting messages that it holds for the next process. */
  readonly close: () => Promise<number>;
}
