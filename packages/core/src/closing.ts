import { type Accounts } from "./accounts.ts";
import { type Effects } from "./effects.ts";
import { type QueueStore } from "./queue-store.ts";
import { type Queue } from "./queue.ts";
import { type Sender } from "./sender.ts";
import { settlesWithin } from "./settles-within.ts";
import { type Fallback } from "./exporter-options.ts";
import { type Waiters } from "./waiters.ts";

/** What `close` leaves behind. */
export interface CloseReport {
  /** Events handed over in the exporter's whole life. */
  readonly sent: number;
  /** Events lost for any other reason than `shutdown`, in the exporter's whole life. */
  readonly dropped: number;
  /**
   * Events dropped as `shutdown`: still waiting at the end, or handed over and not acknowledged by then, or shortly before a
   * connection broke and not sent again in time. The latter two may have arrived.
   */
  readonly left: number;
  /** Events that wait in the store of the queue for the next process. Absent without one. */
  readonly kept?: number;
}

/** What is there to be closed. */
export interface ClosingParts {
  readonly accounts: Accounts;
  readonly sender: Sender;
  readonly queue: Queue;
  readonly targets: readonly Fallback[];
  readonly waiters: Waiters;
  readonly effects: Effects;
  readonly onBegin: () => void;
  /** The transports are closed. */
  readonly onEnd: () => void;
}

/** The end of an exporter. */
export interface Closing {
  readonly begun: boolean;
  /** Every call gives the first one's promise. */
  readonly close: (timeoutMs: number) => Promise<CloseReport>;
}

// The end of the time limit is set aside for the aborted send: it still tells how much it delivered.
const MAX_GRACE_MS = 250;
// A disk that takes longer does not answer any more.
const STORE_LIMIT_MS = 5000;

/** Nothing is closed until `close` is called. */
export function createClosing(parts: ClosingParts): Closing {
  const { accounts, sender, queue, targets, waiters, effects } = parts;
  let report: Promise<CloseReport> | undefined;

  async function shutDown(timeoutMs: number): Promise<CloseReport> {
    const endMs = effects.elapsed() + timeoutMs;
    const graceMs = Math.min(MAX_GRACE_MS, timeoutMs / 10);
    if (!(await settlesWithin(sender.drain(), timeoutMs - graceMs, effects))) {
      await settlesWithin(sender.halt(), graceMs, effects);
    }
    const dropped = accounts.droppedTotal;
    const rest = queue.store === undefined ? { left: giveUpRest() } : await keepRest(queue.store);
    const restMs = Math.max(0, endMs - effects.elapsed());
    if (!(await settlesWithin(closeTransports(), restMs, effects))) {
      for (const { transport } of targets) transport.abandon?.();
    }
    return { sent: accounts.sent, dropped, ...rest };
  }

  // However little time is left: what is not written now is gone.
  async function keepRest(store: QueueStore): Promise<Pick<CloseReport, "left" | "kept">> {
    accounts.putBack(sender.forget());
    waiters.check();
    let kept = 0;
    const closing = store.close().then((count) => {
      kept = count;
    });
    await settlesWithin(closing, STORE_LIMIT_MS, effects);
    const left = Math.max(0, accounts.waiting - kept);
    accounts.lose(left, "shutdown");
    waiters.giveUpAll();
    return { left, kept };
  }

  function giveUpRest(): number {
    const left = accounts.waiting + sender.replays;
    waiters.check();
    accounts.lose(accounts.waiting, "shutdown");
    accounts.takeBack(sender.forget());
    waiters.giveUpAll();
    try {
      queue.rewind();
      queue.release(queue.peek(Infinity, Infinity).length);
    } catch {
      // A queue of the caller's own that fails now has nothing left to lose: its events are counted.
    }
    return left;
  }

  async function closeTransports(): Promise<void> {
    await Promise.allSettled(targets.map(async ({ transport }) => transport.close()));
    parts.onEnd();
  }

  return {
    get begun() {
      return report !== undefined;
    },
    close: (timeoutMs) => {
      if (report !== undefined) return report;
      parts.onBegin();
      report = shutDown(timeoutMs);
      waiters.check();
      return report;
    },
  };
}
