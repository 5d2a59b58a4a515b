import { type Effects } from "./effects.ts";
import { type DropReason, type LossReport } from "./loss-window.ts";
import { SendError, type SendErrorCode } from "./send-error.ts";

/** Promises that certain events are safe. */
export interface Receipts {
  /**
   * Resolves when `safe` does; without it, when the event of this number is confirmed. Rejects with `SendError` when it was dropped,
   * `safe` rejects, the time is over or the exporter closed. Keeps the process alive until then.
   */
  readonly wait: (number: number, timeoutMs: number, safe?: Promise<void>) => Promise<void>;
  /** Every event up to this number was handed over, or dropped. */
  readonly confirm: (number: number) => void;
  /** An event was dropped. */
  readonly drop: (number: number, reason: DropReason) => void;
  /** Some events were dropped, and of all between these numbers it is not known whether they were among them. */
  readonly dropSome: (report: LossReport) => void;
  /** Nothing is confirmed any more. */
  readonly close: () => void;
}

interface Receipt {
  readonly number: number;
  /** Whether to be handed over is enough. */
  readonly isConfirmable: boolean;
  readonly settle: (error?: SendError) => void;
}

/** Nobody waits at first. */
export function createReceipts(effects: Effects): Receipts {
  // By number, in rising order: that of the calls.
  const waiting = new Map<number, Receipt>();

  function fail(
    receipt: Receipt,
    code: SendErrorCode,
    what: string,
    more?: { reason?: DropReason; cause?: unknown },
  ): void {
    receipt.settle(new SendError(`event ${receipt.number} ${what}`, { code, ...more }));
  }
  function drop(receipt: Receipt, reason: DropReason): void {
    fail(receipt, "dropped", `was dropped: ${reason}`, { reason });
  }
  function add(number: number, timeoutMs: number, isConfirmable: boolean, done: Receipt["settle"]): Receipt {
    const cancel = effects.setTimer(
      () => {
        fail(receipt, "timeout", `is not known to be safe after ${timeoutMs} ms; it may be later`);
      },
      timeoutMs,
      true,
    );
    const receipt = {
      number,
      isConfirmable,
      settle: (error?: SendError) => {
        cancel();
        waiting.delete(number);
        done(error);
      },
    };
    waiting.set(number, receipt);
    return receipt;
  }

  return {
    wait: (number, timeoutMs, safe) =>
      new Promise((resolve, reject) => {
        const receipt = add(number, timeoutMs, safe === undefined, (error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
        safe?.then(
          () => {
            receipt.settle();
          },
          (cause: unknown) => {
            const why = cause instanceof Error ? cause.message : "the store failed";
            fail(receipt, "store", `waits in memory alone: ${why}`, { cause });
          },
        );
      }),
    confirm: (number) => {
      for (const receipt of waiting.values()) {
        if (receipt.number > number) break;
        if (receipt.isConfirmable) receipt.settle();
      }
    },
    drop: (number, reason) => {
      const receipt = waiting.get(number);
      if (receipt !== undefined) drop(receipt, reason);
    },
    dropSome: ({ seqFrom, seqTo, count, byReason }) => {
      const [reason = "evicted"] = Object.keys(byReason) as DropReason[];
      for (const receipt of waiting.values()) {
        if (receipt.number < seqFrom || receipt.number > seqTo) continue;
        if (count === seqTo - seqFrom + 1) drop(receipt, reason);
        else fail(receipt, "unknown", `may have been dropped: ${reason}`, { reason });
      }
    },
    close: () => {
      for (const receipt of waiting.values())
        fail(receipt, "closed", "was not known to be safe when the exporter closed");
    },
  };
}
