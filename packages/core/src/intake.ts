import { type Accounts, type LabelledMessage } from "./accounts.ts";
import { type Effects } from "./effects.ts";
import { type ErrorLog } from "./error-log.ts";
import { type DropReason } from "./loss-window.ts";
import { type Formatter } from "./message.ts";
import { type Queue } from "./queue.ts";
import { type Sequence } from "./sequence.ts";

/** What the way into the queue is made of. */
export interface IntakeOptions<E> {
  readonly format: Formatter<E>;
  readonly queue: Queue;
  readonly accounts: Accounts;
  readonly sequence: Sequence;
  readonly errors: ErrorLog;
  readonly effects: Effects;
}

/** The way into the queue. */
export interface Intake<E> {
  /** Formats and offers an event; gives whether it was accepted. Never throws, and counts whatever happens. */
  readonly take: (event: E, closed: boolean) => boolean;
}

/** Every event gets a number, also one that is dropped: so a gap in the SIEM is a loss, and a loss is a gap. */
export function createIntake<E>(options: IntakeOptions<E>): Intake<E> {
  const { format, queue, accounts, sequence, errors, effects } = options;

  function label(event: E, number: number, nowMs: number): LabelledMessage | "too_large" | "refused" {
    try {
      const message = format(event, { nowMs, sequence: { boot: sequence.boot, number } });
      return message === "too_large" ? message : accounts.label(message, number, nowMs);
    } catch {
      errors.add("format", "format threw"); // nothing of what it threw: that may hold event content
      return "refused";
    }
  }

  function offer(message: LabelledMessage): DropReason | undefined {
    try {
      const evicted = queue.offer(message);
      if (evicted === "refused") return "queue_full";
      // Behind those in the store, so it is there too.
      if (queue.store !== undefined && queue.store.size > 0) accounts.stored.accept();
      else accounts.accept(message);
      for (const each of evicted) accounts.evict(each);
      return undefined;
    } catch {
      errors.add("io", "queue failed");
      return "refused";
    }
  }

  return {
    take: (event, closed) => {
      const number = sequence.next();
      const nowMs = effects.now();
      const message = closed ? "closed" : label(event, number, nowMs);
      if (typeof message === "string") {
        accounts.refuse(message, number, nowMs);
        return false;
      }
      const reason = offer(message);
      if (reason !== undefined) accounts.refuse(reason, number, nowMs, message.severity);
      return reason === undefined;
    },
  };
}
