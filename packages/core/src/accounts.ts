import { append, createChain, type Linked, remove } from "./chain.ts";
import { createLossWindow, type DropReason, type Loss, type LossWindow } from "./loss-window.ts";
import { type Message } from "./message.ts";

/** Where every event is written down: what was accepted, what is still waiting, what became of the rest. */
export interface Accounts {
  readonly accepted: number;
  readonly sent: number;
  /** Accepted, and neither sent nor lost yet. */
  readonly waiting: number;
  readonly dropped: Readonly<Record<DropReason, number>>;
  /** All reasons together. */
  readonly droppedTotal: number;
  /** The number of the oldest waiting event. */
  readonly oldestWaiting: number | undefined;
  readonly losses: LossWindow;
  /** A message that the queue can be offered, and that `accept` and `evict` know again. */
  readonly label: (message: Message, number: number, atMs: number) => LabelledMessage;
  readonly accept: (message: LabelledMessage) => void;
  /** An event was lost before it was accepted. */
  readonly refuse: (reason: DropReason, number: number, atMs: number, severity?: number) => void;
  /** An accepted event was pushed out of the queue. */
  readonly evict: (message: Message) => void;
  /** The oldest waiting events were sent, or lost for `reason`. */
  readonly send: (count: number) => void;
  readonly lose: (count: number, reason: DropReason) => void;
  /** Events that were sent, may have been lost with a connection, and will not be sent again: they count as `shutdown`. */
  readonly takeBack: (count: number) => void;
  /** As `takeBack`, but they wait for the next process. */
  readonly putBack: (count: number) => void;
  readonly stored: StoredAccounts;
}

/** The accounts of events that wait in the store of a queue: they are counted, and have no entry of their own. */
export interface StoredAccounts {
  /** An event was accepted, and is in the store. */
  readonly accept: () => void;
  /** An earlier process left so many. They count as accepted. */
  readonly recover: (count: number) => void;
  /** An event has come to memory; `boot` is that of its process when it is not this one. Gives the message that the queue is to hold. */
  readonly admit: (message: Message, number: number, atMs: number, boot?: string) => LabelledMessage;
  /** The store has lost some for `reason`. Their own reports tell of them. */
  readonly lose: (count: number, reason: DropReason) => void;
}

interface Entry extends Linked<Entry> {
  readonly number: number;
  readonly severity: number;
  readonly atMs: number;
  /** Of an event of an earlier process, whose `number` is 0 here: it comes before all of this one. */
  readonly origin?: { readonly boot: string; readonly number: number };
}

/** A message with its entry in the accounts. */
export interface LabelledMessage extends Message {
  readonly entry: Entry;
}

/** Empty accounts. The entries hold numbers only: text belongs to the queue. `onDrop` is told of every event that is lost. */
export function createAccounts(onDrop: (loss: Loss) => void): Accounts {
  const entries = createChain<Entry>();
  const losses = createLossWindow();
  const dropped = noDrops();
  let accepted = 0;
  let sent = 0;
  let waiting = 0;
  let stored = 0;

  function label(message: Message, number: number, atMs: number): LabelledMessage {
    const { text, severity, group } = message;
    const entry = { number, severity, atMs, before: undefined, after: undefined };
    return { text, severity, group, entry };
  }
  function labelEarlier(message: Message, origin: NonNullable<Entry["origin"]>, atMs: number): LabelledMessage {
    const { entry, ...labelled } = label(message, 0, atMs);
    return { ...labelled, entry: { ...entry, origin } };
  }
  function take(entry: Entry): void {
    remove(entries, entry);
    waiting -= 1;
  }
  function drop(reason: DropReason, { number, atMs, severity, origin }: Entry): void {
    const loss = { reason, number, atMs, severity, ...origin };
    dropped[reason] += 1;
    losses.add(loss);
    onDrop(loss);
  }
  function each(count: number, action: (entry: Entry) => void): void {
    for (let left = count; left > 0 && entries.first !== undefined; left--) action(entries.first);
  }
  function loseStored(count: number, reason: DropReason): void {
    const lost = Math.min(count, stored);
    stored -= lost;
    waiting -= lost;
    dropped[reason] += lost;
  }

  return {
    get accepted() {
      return accepted;
    },
    get sent() {
      return sent;
    },
    get waiting() {
      return waiting;
    },
    get oldestWaiting() {
      // Of those in the store the number is not known: none of this process is sent before them.
      return entries.first?.number ?? (stored > 0 ? 0 : undefined);
    },
    dropped,
    get droppedTotal() {
      return Object.values(dropped).reduce((total, count) => total + count, 0);
    },
    losses,
    label,
    accept: ({ entry }) => {
      append(entries, entry);
      accepted += 1;
      waiting += 1;
    },
    refuse: (reason, number, atMs, severity) => {
      const loss = { reason, number, atMs, ...(severity !== undefined && { severity }) };
      dropped[reason] += 1;
      if (reason !== "closed") losses.add(loss); // after the last report nobody would be told
      onDrop(loss);
    },
    evict: (message) => {
      if (!isLabelled(message)) return;
      take(message.entry);
      drop("evicted", message.entry);
    },
    send: (count) => {
      each(count, (entry) => {
        take(entry);
        sent += 1;
      });
    },
    lose: (count, reason) => {
      const before = waiting;
      each(count, (entry) => {
        take(entry);
        drop(reason, entry);
      });
      loseStored(count - (before - waiting), reason);
    },
    takeBack: (count) => {
      sent -= count;
      dropped.shutdown += count;
    },
    putBack: (count) => {
      sent -= count;
      waiting += count;
      stored += count;
    },
    stored: {
      accept: () => {
        accepted += 1;
        waiting += 1;
        stored += 1;
      },
      recover: (count) => {
        accepted += count;
        waiting += count;
        stored += count;
      },
      admit: (message, number, atMs, boot) => {
        const labelled =
          boot === undefined ? label(message, number, atMs) : labelEarlier(message, { boot, number }, atMs);
        append(entries, labelled.entry);
        stored -= 1;
        return labelled;
      },
      lose: loseStored,
    },
  };
}

function isLabelled(message: Message): message is LabelledMessage {
  return "entry" in message;
}

function noDrops(): Record<DropReason, number> {
  return { queue_full: 0, too_large: 0, refused: 0, closed: 0, evicted: 0, rejected: 0, shutdown: 0, damaged: 0 };
}
