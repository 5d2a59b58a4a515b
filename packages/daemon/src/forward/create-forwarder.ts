import { type AgentEvent, type ExporterStats } from "@clawmetry/siem-exporter";
import { failureMessage } from "../failure-message.ts";
import { type StoredRow } from "../store/read-store.ts";
import { type Store } from "../store/open-store.ts";
import { type ForwardHook } from "./forward-hook.ts";
import { createForwardProgress } from "./forward-progress.ts";

/** The loop that reads the store and gives the exporter what it reads. */
export interface Forwarder {
  /** There may be something new in the store. */
  readonly wake: () => void;
  /** Row number of the last event that the exporter was given. */
  readonly position: number;
  /** Resolves when everything stored was given to the exporter, or could not be read. */
  readonly caughtUp: () => Promise<void>;
  /**
   * Gives the exporter nothing more, closes it within the time, and writes the mark. Gives how many events it could not hand over: the
   * next start begins with them. Rejects when the mark could not be written, after which the next start repeats some.
   */
  readonly close: (timeoutMs: number) => Promise<number>;
}

export interface ForwarderOptions {
  readonly hook: ForwardHook;
  readonly store: Pick<Store, "readAfter" | "markForwarded" | "forwardedSeq" | "lastSeq">;
  /** How long an event must have been sent without a fault before the mark passes it, in milliseconds. */
  readonly settleMs: number;
  /** How often the mark is written, in milliseconds. */
  readonly markIntervalMs: number;
  /** Told of failures, which are tried again. */
  readonly onFailure: (code: "spool_unreadable" | "row_unreadable" | "mark_unwritable", message: string) => void;
}

const PAGE = 256;
const RETRY_MS = 1000;

/** Starts where the mark is: what was stored and never confirmed, after a crash too, is forwarded first. */
export function createForwarder(options: ForwarderOptions): Forwarder {
  const { hook, store, onFailure } = options;
  const progress = createForwardProgress(options.settleMs);
  let position = store.forwardedSeq;
  let running: Promise<void> | undefined;
  let marking: Promise<void> = Promise.resolve();
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  async function run(): Promise<void> {
    await Promise.resolve(); // so that `running` is set before it ends
    try {
      while (!closed && position < store.lastSeq) await forwardPage(await store.readAfter(position, PAGE));
    } catch (cause) {
      onFailure("spool_unreadable", failureMessage(cause));
      retry = setTimeout(wake, RETRY_MS).unref();
    }
    running = undefined; // in the same tick as the check above, so no batch can fall between
  }

  async function forwardPage(rows: readonly StoredRow[]): Promise<void> {
    for (const { seq, event } of rows) {
      await hook.ready();
      if (closed) return;
      const parsed = parseRow(event);
      if (parsed === undefined) onFailure("row_unreadable", `row ${seq} of the store holds no event`);
      else hook.forward(parsed);
      position = seq;
      if (seq === rows.at(-1)?.seq) note(hook.stats); // in the same tick: no number was given out since
    }
    if (rows.length === 0) position = store.lastSeq; // rows were removed by somebody
  }

  // An exporter that somebody else has closed takes numbers, and nothing more.
  function note(stats: ExporterStats): void {
    if (stats.dropped.closed > 0) closed = true;
    else progress.note(position, stats);
  }

  function wake(): void {
    if (!closed) running ??= run();
  }

  async function writeMark(seq: number | undefined): Promise<void> {
    if (seq !== undefined && seq > store.forwardedSeq) await store.markForwarded(seq);
  }

  const timer = setInterval(() => {
    const settled = progress.settle(hook.stats, performance.now());
    marking = marking
      .then(() => writeMark(settled))
      .catch((cause: unknown) => {
        onFailure("mark_unwritable", failureMessage(cause));
      });
  }, options.markIntervalMs).unref();

  return {
    wake,
    get position() {
      return position;
    },
    caughtUp: async () => {
      wake();
      await running;
    },
    close: async (timeoutMs) => {
      closed = true;
      clearInterval(timer);
      clearTimeout(retry);
      const settled = progress.settle(hook.stats, performance.now());
      const { left } = await hook.close(timeoutMs); // also lets go of a loop that waits for room
      await running;
      await marking;
      await writeMark(left === 0 && hook.stats.dropped.closed === 0 ? position : settled);
      return left;
    },
  };
}

function parseRow(text: string): AgentEvent | undefined {
  try {
    const event: unknown = JSON.parse(text);
    return typeof event === "object" && event !== null ? (event as AgentEvent) : undefined;
  } catch {
    return undefined; // somebody changed the store: verify-integrity tells more
  }
}
