import { createAccounts } from "./accounts.ts";
import { type CloseReport, createClosing } from "./closing.ts";
import { createDiagnostics } from "./diagnostics.ts";
import { createErrorLog } from "./error-log.ts";
import { every } from "./every.ts";
import { type ExporterOptions, resolveExporterOptions } from "./exporter-options.ts";
import { type Loss } from "./loss-window.ts";
import { createIntake } from "./intake.ts";
import { createLine } from "./line.ts";
import { createOwnEvents, type OwnEvents } from "./own-events.ts";
import { createReceipts } from "./receipts.ts";
import { SendError } from "./send-error.ts";
import { createSender, type Sender } from "./sender.ts";
import { createSequence } from "./sequence.ts";
import { settlesWithin } from "./settles-within.ts";
import { confirmedOf, heartbeatOf, type StatsParts, statsOf } from "./snapshot.ts";
import { createStateWatch } from "./state-watch.ts";
import { type ExporterState, type ExporterStats, type StateChange } from "./stats.ts";
import { startOf, useStore } from "./use-store.ts";
import { createWaiters } from "./waiters.ts";

/** How long a call may take. */
export interface TimeLimit {
  /** Default 5000. */
  readonly timeoutMs?: number;
}

/** What `sendOrWait` waits for. */
export interface SendOrWaitOptions extends TimeLimit {
  /**
   * `accepted`: the queue has taken the event and, when it has a `store`, has it on disk and synced. `acknowledged`: the event, and
   * all before it, were handed over, which means as much as the transport's `send` does. Default `accepted`.
   */
  readonly until?: "accepted" | "acknowledged";
}

/** A running pipeline: events go in at `send`, and one loop carries them to the transport. */
export interface Exporter<E> {
  /** Formats and queues an event, in microseconds. False when it was dropped; the counters tell why. Never throws. */
  readonly send: (event: E) => boolean;
  /**
   * As `send`, and resolves when the event is as safe as `until` asks for. Rejects with `SendError` when it was dropped, at the time
   * limit, and when the exporter is closed before; it may have been sent all the same, or be sent later, but for one that was
   * dropped. Keeps the process alive until then.
   */
  readonly sendOrWait: (event: E, options?: SendOrWaitOptions) => Promise<void>;
  /** Resolves when half the queue is free, for a source that can wait. Also when the exporter is closed. */
  readonly ready: () => Promise<void>;
  /**
   * Resolves to true when every event accepted before the call was handed over or dropped, replays included, and to
   * false at the time limit. Keeps the process alive until then.
   */
  readonly flush: (limit?: TimeLimit) => Promise<boolean>;
  /**
   * Takes no more events, sends what it can within the time limit, and closes the transport. Keeps the process alive
   * until then. Every call gives the first one's promise, which never rejects.
   */
  readonly close: (limit?: TimeLimit) => Promise<CloseReport>;
  /**
   * Calls `listener` at every change of the state or the destination, in the middle of a send: it must be quick. What it
   * throws is lost. Gives the function that ends it.
   */
  readonly onStateChange: (listener: (change: StateChange) => void) => () => void;
  /** A snapshot, made at every access. */
  readonly stats: ExporterStats;
}

const DEFAULT_TIMEOUT_MS = 5000;

/** Builds an exporter. Connects when there is something to send. Throws `OptionError`; nothing throws later. */
export function createExporter<E>(options: ExporterOptions<E>): Exporter<E> {
  const resolved = resolveExporterOptions(options);
  const { queue, limits, effects } = resolved;
  const [{ target: name } = { target: "" }] = resolved.targets;
  const diagnostics = createDiagnostics(name);
  const receipts = createReceipts(effects);
  let lastLoss: Loss | undefined;
  const accounts = createAccounts((loss) => {
    lastLoss = loss;
    diagnostics.drop(loss);
    if (loss.boot === undefined) receipts.drop(loss.number, loss.reason);
  });
  let stateAtBeat: ExporterState = "idle";
  const sequence = createSequence(effects.random);
  const waiters = createWaiters();
  const errors = createErrorLog(effects.now, (report) => {
    diagnostics.error(report, name);
  });
  const line = createLine(resolved, {
    onChange: () => {
      states.check();
    },
    onError: diagnostics.error,
  });
  const states = createStateWatch(() => ({ state: line.state, target: line.active.name }), diagnostics.state);
  const ownEvents: OwnEvents = createOwnEvents({
    ...resolved,
    accounts,
    sequence,
    heartbeat: () => heartbeatOf(parts, stateAtBeat),
    start: () => startOf(queue.store),
    stop: () => ({ kind: "stop", lastSeq: sequence.last, unsent: accounts.waiting + sender.replays }),
    onFailure: () => {
      errors.add("format", "an own event could not be formatted");
    },
  });
  const sender: Sender = createSender(resolved, {
    accounts,
    ownEvents,
    line,
    onProgress: check,
    isOwn: (boot) => boot === sequence.boot,
  });
  const parts: StatsParts = { ...resolved, accounts, sequence, errors, line, sender, ownEvents };
  const stopHeartbeat = resolved.heartbeatMs === 0 ? () => undefined : every(resolved.heartbeatMs, effects, beat);
  const closing = createClosing({
    ...resolved,
    accounts,
    sender,
    waiters,
    onBegin: stopHeartbeat,
    onEnd: () => {
      receipts.close();
      states.check();
    },
  });
  const intake = createIntake({ ...resolved, accounts, sequence, errors });
  if (queue.store !== undefined) {
    useStore(queue.store, {
      ...parts,
      receipts,
      confirmedSeq: () => confirmedOf(parts),
      wake: sender.wake,
      check: waiters.check,
    });
  }
  if (resolved.lifecycle) ownEvents.requestStart();
  // What an earlier process left, and the event of the start, wait for nobody.
  queueMicrotask(sender.wake);

  function check(): void {
    waiters.check();
    if (sender.replays === 0) receipts.confirm((accounts.oldestWaiting ?? Infinity) - 1);
  }
  function beat(): void {
    stateAtBeat = line.state;
    ownEvents.requestHeartbeat();
    sender.wake();
  }
  function hasRoom(): boolean {
    if (closing.begun || queue.store !== undefined) return closing.begun || queue.store?.hasRoom === true;
    return queue.size <= limits.maxEvents / 2 && queue.bytes <= limits.maxBytes / 2;
  }
  function isFlushed(lastNumber: number): boolean {
    return sender.replays === 0 && (accounts.oldestWaiting ?? Infinity) > lastNumber;
  }

  function send(event: E): boolean {
    const accepted = intake.take(event, closing.begun);
    if (closing.begun) return false;
    sender.wake();
    waiters.check();
    return accepted;
  }

  return {
    send,
    sendOrWait: async (event, { timeoutMs = DEFAULT_TIMEOUT_MS, until = "accepted" } = {}) => {
      const number = sequence.last + 1;
      if (!send(event)) throw refusalOf(number, lastLoss);
      if (until === "acknowledged") return receipts.wait(number, timeoutMs);
      if (queue.store !== undefined) return receipts.wait(number, timeoutMs, queue.store.secure());
    },
    ready: async () => {
      await waiters.wait(hasRoom).promise;
    },
    flush: async ({ timeoutMs = DEFAULT_TIMEOUT_MS } = {}) => {
      const last = sequence.last;
      const waiter = waiters.wait(() => isFlushed(last));
      if (await settlesWithin(waiter.promise, timeoutMs, effects)) return waiter.promise;
      waiter.giveUp();
      return false;
    },
    close: ({ timeoutMs = DEFAULT_TIMEOUT_MS } = {}) => closing.close(timeoutMs),
    onStateChange: states.add,
    get stats() {
      return statsOf(parts);
    },
  };
}

function refusalOf(number: number, loss: Loss | undefined): SendError {
  const reason = loss?.number === number ? loss.reason : "refused";
  return new SendError(`event ${number} was dropped: ${reason}`, {
    code: reason === "closed" ? "closed" : "dropped",
    reason,
  });
}
