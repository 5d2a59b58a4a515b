import { setImmediate } from "node:timers/promises";
import { type Accounts } from "./accounts.ts";
import { type ResolvedOptions } from "./exporter-options.ts";
import { type Failure } from "./failure.ts";
import { type Line } from "./line.ts";
import { type OwnEvents, type OwnMessage } from "./own-events.ts";
import { createPause } from "./pause.ts";
import { createReplayWindow } from "./replay-window.ts";
import { type Target } from "./target.ts";

/** What the sender works with besides the options. */
export interface SenderParts {
  readonly accounts: Accounts;
  readonly ownEvents: OwnEvents;
  readonly line: Line;
  /** Told whenever events left the queue. */
  readonly onProgress: () => void;
  /** Whether a boot id is that of this exporter. */
  readonly isOwn: (boot: string) => boolean;
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
  /** Gives the number of replays that are left. They, and whatever a send still tells, are nobody's business from now on. */
  readonly forget: () => number;
}

// More than most round trips take, and less than whoever ends a program notices.
const LINGER_MS = 250;

// A process that was held up has timers that are due, and has not read yet what peers said meanwhile. A peer in the same
// process needs turns of its own: it reads, it answers, and the answer is read.
const LINGER_TURNS = 3;

/** Starts idle. A batch is whatever arrived while the last one was under way. */
export function createSender<E>(options: ResolvedOptions<E>, parts: SenderParts): Sender {
  const { queue, effects } = options;
  const { accounts, ownEvents, line } = parts;
  const lingering = createPause(effects);
  const kept = createReplayWindow(queue, options.replayWindowMs);
  let phase: "open" | "draining" | "halted" | "forgotten" = "open";
  let running: Promise<void> | undefined;
  let breaks: { readonly target: Target; readonly failure: Failure }[] = [];
  let lastReport: { readonly message: OwnMessage; readonly target: Target; readonly atMs: number } | undefined;
  let cancelReportTimer: (() => void) | undefined;
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
        line.fail("queue failed"); // a queue of the caller's own; what it threw may hold event content
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
    }
    if (breaks.length === 0) parts.onProgress(); // else what was sent may be on its way back
  }

  async function sendOwn(message: OwnMessage): Promise<void> {
    const { target, delivered, refused, rejected } = await line.send([message.text]);
    if (phase === "forgotten") return;
    if (delivered > refused.length) {
      handOver(0, target);
      ownEvents.delivered();
      if (message.replay) target.counts.replayed += 1;
      else own += 1;
      if (message.loss !== undefined) lastReport = { message, target, atMs: effects.elapsed() };
    } else if (rejected + refused.length > 0) {
      ownEvents.rejected();
    }
  }

  // What is in memory first: then the oldest waiting event is known.
  function load(): void {
    queue.store?.load((message, boot, number, atMs) =>
      accounts.stored.admit(message, number, atMs, parts.isOwn(boot) ? undefined : boot),
    );
  }

  async function sendBatch(): Promise<void> {
    load();
    const batch = queue.peek(options.maxBatchEvents, options.maxBatchBytes);
    if (batch.length === 0) throw new Error("queue gives nothing back");
    const { target, delivered, refused, rejected } = await line.send(batch);
    if (phase === "forgotten") return;
    let settled = 0;
    for (const place of refused) {
      settle(place - settled, target);
      giveUp(1);
      settled = place + 1;
    }
    settle(delivered - settled, target);
    giveUp(rejected);
    load();
  }

  // The next events of the queue are sent.
  function settle(count: number, target: Target): void {
    handOver(count, target);
    const again = takeReplays(count);
    target.counts.replayed += again;
    target.counts.sent += count - again;
    accounts.send(count - again);
  }

  // The next events of the queue will never be sent.
  function giveUp(count: number): void {
    queue.release(count);
    accounts.lose(count - takeReplays(count), "rejected");
  }

  function handOver(count: number, target: Target): void {
    if (target.transport.confirms !== true) kept.handOver(count, target, effects.elapsed(), unacknowledgedMs());
    else if (count > 0) queue.release(count); // acknowledged is acknowledged
  }

  // A break that was told already: what the peer was silent about is known to `recover` alone.
  function unacknowledgedMs(): number {
    return breaks.length > 0 ? Infinity : line.acknowledgement.missingMs;
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
      replays += kept.restore(lostSinceMs, target);
      if (lastReport?.target !== target || lastReport.atMs < lostSinceMs || target.transport.confirms) continue;
      ownEvents.restore(lastReport.message);
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
    const delayMs = LINGER_MS - kept.age(effects.elapsed());
    if (delayMs > 0 && phase === "draining") await lingering.wait(delayMs);
    for (let turn = 0; turn < LINGER_TURNS && phase === "draining"; turn++) await setImmediate();
    if (phase === "draining" && running === undefined) await line.acknowledgement.complete();
    return running !== undefined;
  }

  line.onBreak((target, failure) => {
    breaks.push({ target, failure });
    wake();
    lingering.end();
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
      if (options.lifecycle) ownEvents.requestStop();
      do {
        wake();
        await running;
      } while (await linger());
    },
    halt: async () => {
      phase = "halted";
      lingering.end();
      // What no peer has acknowledged by now may be lost, and nobody will send it again. An aborted send ends its connection.
      await line.acknowledgement.look();
      const { missingMs } = line.acknowledgement;
      const lostSinceMs = missingMs === 0 ? Infinity : effects.elapsed() - missingMs;
      line.abort();
      await running;
      if (options.replayWindowMs > 0) replays += kept.restore(lostSinceMs);
    },
    forget: () => {
      phase = "forgotten";
      const left = replays;
      replays = 0;
      line.takeBack(left);
      return left;
    },
  };
}
