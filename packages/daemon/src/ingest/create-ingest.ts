import { setImmediate } from "node:timers/promises";
import { failureMessage } from "../failure-message.ts";
import { type Store } from "../store/open-store.ts";
import { type CheckedEvent, type CompleteEvent, completeEvent } from "./complete-event.ts";
import { IngestError } from "./ingest-error.ts";
import { wellFormed } from "./well-formed.ts";

/** What became of a batch. */
export interface IngestReport {
  /** Events that were stored, and are forwarded. */
  readonly accepted: number;
  /** Events whose id was stored before, or came earlier in the batch. */
  readonly duplicates: number;
}

/** The way into the store. */
export interface Ingest {
  /**
   * Redacts, stamps and stores events, after those of earlier calls, and gives what became of them once they are safely on disk.
   * Rejects with `IngestError` when none was taken.
   */
  readonly take: (events: readonly CheckedEvent[], sessionId?: string) => Promise<IngestReport>;
  /** Events that wait to be stored. */
  readonly waiting: number;
  /** Takes no more events, and resolves when all that were taken are stored. */
  readonly close: () => Promise<void>;
}

export interface IngestOptions {
  readonly store: Pick<Store, "add">;
  readonly redact: (event: CompleteEvent) => CompleteEvent;
  readonly nodeId: string;
  /** How many events may wait. One batch is always taken when none wait. */
  readonly maxWaiting: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told after every batch that is stored. */
  readonly onStored: () => void;
  /** Told when a batch could not be stored. */
  readonly onFailure: (code: "store_failed", message: string) => void;
}

const SLICE = 32;

/** Batches are stored one after the other, so that every chain is one line. */
export function createIngest(options: IngestOptions): Ingest {
  const { store, redact, nodeId, maxWaiting, now, onStored, onFailure } = options;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let closed = false;

  async function storeBatch(batch: readonly CompleteEvent[]): Promise<IngestReport> {
    try {
      const accepted = await store.add(await redactAll(batch));
      onStored();
      return { accepted, duplicates: batch.length - accepted };
    } catch (cause) {
      onFailure("store_failed", failureMessage(cause));
      throw new IngestError("store_failed", "the events could not be stored: send them again", cause);
    } finally {
      waiting -= batch.length;
    }
  }

  // Scanning takes a while: in slices, so that requests and forwarding go on meanwhile.
  async function redactAll(batch: readonly CompleteEvent[]): Promise<readonly CompleteEvent[]> {
    const redacted: CompleteEvent[] = [];
    for (const event of batch) {
      if (redacted.length % SLICE === SLICE - 1) await setImmediate();
      redacted.push(redact(wellFormed(event)));
    }
    return redacted;
  }

  return {
    take: async (events, sessionId) => {
      if (closed) throw new IngestError("closed", "the daemon is shutting down");
      if (waiting > 0 && waiting + events.length > maxWaiting) {
        throw new IngestError("queue_full", `${waiting} events wait to be stored: send them again later`);
      }
      const receivedMs = now();
      const batch = events.map((event) => completeEvent(event, { nodeId, sessionId, receivedMs }));
      waiting += batch.length;
      const result = last.then(() => storeBatch(batch));
      last = result.catch(() => undefined);
      return result;
    },
    get waiting() {
      return waiting;
    },
    close: async () => {
      closed = true;
      await last;
    },
  };
}
