import { type Accounts } from "./accounts.ts";
import { type ResolvedOptions } from "./exporter-options.ts";
import { type Failure } from "./failure.ts";
import { type Line } from "./line.ts";
import { type OwnEvents, type OwnMessage } from "./own-events.ts";
import { createReplayWindow } from "./replay-window.ts";
import { type Target } from "./target.ts";

/** What the sender works with besides the options. */
export interface SenderParts {
  readonly accounts: Accounts;
  readonly ownEvents: OwnEvents;
  readonly line: Line;
  /** Told whenever events left the queue. */
  readonly onProgress: () => void;
}

/** The one loop that empties the queue. */
export interface Sender {
  /** Messages at the head of the queue that were sent before. */
  readonly replays: number;
  /** The exporter's own events, delivered. */
  readonly own: number;
  /** There may be something to send. */
  readonly wake: () => void;
  /**
   * Sends what is there, the first time without waiting for a next attempt or a next report, and resolves when nothing is
   * left and the connection has not broken for a moment: a peer that refuses what it got says so only after the last write.
   */
  readonly drain: () => Promise<void>;
  /** Aborts the running send and takes no further one. Resolves when the loop has ended. */
  readonly halt: () => Promise<void>;
  /** Whatever a send still tells is ignored from now on. */
  readonly forget: () => void;
}

// More than most round trips take, and less than whoever ends a program notices.
const LINGER_MS = 250;

/** Starts idle. A batch is whatever arrived while the last one was under way. */
export function createSender<E>(options: ResolvedOptions<E>, parts: SenderParts): Sender {
  const { queue, effects } = options;
  const { accounts, ownEvents, line } = parts;
  const kept = createReplayWindow(queue, options.replayWindowMs);
  let phase: "open" | "draining" | "halted" | "forgotten" = "open";
  let running: Promise<void> | undefined;
  let breaks: { readonly target: Target; readonly failure: Failure }[] = [];
  let lastReport: { readonly message: OwnMessage; readonly atMs: number } | undefined;
  let cancelReportTimer: (() => void) | undefined;
  let endLinger: (() => void) | undefined;
  let replays = 0;
  let own = 0;

  // While the collector is away, losses are gathered: the report comes right after the first send that works.
  const reportLosses = (): boolean => waiting() === 0 || (phase === "open" && line.well);
  const active = (): boolean => phase === "open" || phase === "draining";
  const waiting = (): number => accounts.waiting + replays;
  const hasWork = (): boolean => active() && (waiting() > 0 || breaks.length > 0 || ownEvents.due(reportLosses()));

  async function run(): Promise<void> {
    await Promise.resolve(); // collects the events of the current task into the first batch
    while (hasWork()) {
      try {
        await step();
      } catch {
        line.fail("io", "queue failed"); // a queue of the caller's own; what it threw may hold event content
      }
    }
    running = undefined; // in the same tick as the check above, so no event can fall between
    scheduleReport();
  }

  async function step(): Promise<void> {
    if (breaks.length > 0) {
      recover();
    } else if (!(await line.rest())) {
      const message = ownEvents.next(reportLosses());
      if (message !== undefined) await sendOwn(message);
      else if (waiting() > 0) await sendBatch();
      parts.onProgress();
    }
  }

  async function sendOwn(message: OwnMessage): Promise<void> {
    const { target, delivered, rejected } = await line.send([message.text]);
    if (phase === "forgotten") return;
    if (delivered > 0) {
      ownEvents.delivered();
      if (message.replay) target.counts.replayed += 1;
      else own += 1;
      if (message.loss !== undefined) lastReport = { message, atMs: effects.elapsed() };
    } else if (rejected > 0) {
      ownEvents.rejected();
    }
  }

  async function sendBatch(): Promise<void> {
    const batch = queue.peek(options.maxBatchEvents, options.maxBatchBytes);
    if (batch.length === 0) throw new Error("queue gives nothing back");
    const { target, delivered, rejected } = await line.send(batch);
    if (phase === "forgotten") return;
    kept.handOver(delivered, effects.elapsed(), target.transport.unacknowledgedMs ?? 0);
    const again = takeReplays(delivered);
    target.counts.replayed += again;
    target.counts.sent += delivered - again;
    accounts.send(delivered - again);
    queue.release(rejected);
    accounts.lose(rejected - takeReplays(rejected), "rejected");
  }

  function takeReplays(count: number): number {
    const again = Math.min(count, replays);
    replays -= again;
    return again;
  }

  // Between sends, since a batch under way counts from the head of the queue.
  function recover(): void {
    const present = breaks;
    breaks = [];
    for (const { target, failure } of present) {
      line.broke(target, failure);
      const lostSinceMs = kept.lostSince(effects.elapsed(), failure.silentMs);
      if (target.lastHandOverMs < lostSinceMs) continue;
      replays += kept.restore(lostSinceMs);
      if (lastReport !== undefined && lastReport.atMs >= lostSinceMs) ownEvents.restore(lastReport.message);
      lastReport = undefined;
    }
  }

  function wake(): void {
    if (running !== undefined) return;
    if (hasWork()) running = run();
    else scheduleReport();
  }

  function scheduleReport(): void {
    const delayMs = ownEvents.lossReportInMs;
    if (phase !== "open" || delayMs === undefined || cancelReportTimer !== undefined) return;
    cancelReportTimer = effects.setTimer(() => {
      cancelReportTimer = undefined;
      wake();
    }, delayMs);
  }

  // Gives whether the connection broke while it waited. Then the loop is at work on what may have been lost.
  async function linger(): Promise<boolean> {
    await pauseFor(LINGER_MS - kept.age(effects.elapsed()));
    if (phase === "draining" && running === undefined) await line.active.acknowledged();
    return running !== undefined;
  }

  async function pauseFor(delayMs: number): Promise<void> {
    if (delayMs <= 0 || phase !== "draining") return;
    await new Promise<void>((resolve) => {
      const cancel = effects.setTimer(resolve, delayMs);
      endLinger = () => {
        cancel();
        resolve();
      };
    });
    endLinger = undefined;
  }

  // What the peer has not acknowledged by the end may be lost, and nobody will send it again.
  async function takeBack(): Promise<void> {
    const unacknowledgedMs = await line.active.acknowledged();
    if (unacknowledgedMs > 0 && options.replayWindowMs > 0) {
      replays += kept.restore(effects.elapsed() - unacknowledgedMs);
    }
  }

  line.onBreak((target, failure) => {
    breaks.push({ target, failure });
    wake();
    endLinger?.();
  });

  return {
    get replays() {
      return replays;
    },
    get own() {
      return own;
    },
    wake,
    drain: async () => {
      phase = "draining";
      cancelReportTimer?.();
      line.hurry();
      wake();
      await running;
      ownEvents.hurry();
      do {
        wake();
        await running;
      } while (await linger());
    },
    halt: async () => {
      phase = "halted";
      line.abort();
      endLinger?.();
      await running;
      await takeBack();
    },
    forget: () => {
      phase = "forgotten";
    },
  };
}
