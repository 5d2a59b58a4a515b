import { type Accounts } from "./accounts.ts";
import { type Effects } from "./effects.ts";
import { type Heartbeat } from "./heartbeat.ts";
import { type ExporterStart, type ExporterStop, type ExporterFacts } from "./lifecycle.ts";
import { type LossReport } from "./loss-window.ts";
import { type Formatter } from "./message.ts";
import { type Sequence } from "./sequence.ts";

/** What the exporter's own events are made from. */
export interface OwnEventsOptions<E> {
  readonly ownEvent: ((facts: ExporterFacts) => E) | undefined;
  readonly format: Formatter<E>;
  /** Least time between two loss reports. */
  readonly lossReportIntervalMs: number;
  readonly accounts: Accounts;
  readonly sequence: Sequence;
  readonly effects: Effects;
  readonly heartbeat: () => Heartbeat;
  readonly start: () => ExporterStart;
  readonly stop: () => ExporterStop;
  /** Told when `ownEvent` or `format` failed. */
  readonly onFailure: () => void;
}

/** One event of the exporter's own, finished. It stays the same until it is delivered. */
export interface OwnMessage {
  readonly text: string;
  readonly number: number;
  /** What it reports, when it is a loss report. */
  readonly loss?: LossReport;
  /** Delivered once already, over a connection that broke then. */
  readonly replay?: boolean;
}

/** The exporter's own events: never in the queue, one at a time, each with a place until it is delivered. */
export interface OwnEvents {
  /** The number of one that was built and not delivered yet. */
  readonly pendingNumber: number | undefined;
  /** How long until a loss report may be built. Undefined when there is nothing to report. */
  readonly lossReportInMs: number | undefined;
  /** Losses that no delivered event has told yet. */
  readonly untold: readonly LossReport[];
  readonly requestHeartbeat: () => void;
  readonly requestStart: () => void;
  /** After all others. */
  readonly requestStop: () => void;
  /** Whether `next` has something to send. `reportLosses`: whether this is the time to report losses. */
  readonly due: (reportLosses: boolean) => boolean;
  /** The one to send, the same until it is delivered or rejected. */
  readonly next: (reportLosses: boolean) => OwnMessage | undefined;
  /** Lets the next loss report pass at once. */
  readonly hurry: () => void;
  /** What `next` gave was delivered. */
  readonly delivered: () => void;
  /** What `next` gave cannot be sent. Losses that it reports go into the next report. */
  readonly rejected: () => void;
  /** A delivered one is to be sent again, before any other. */
  readonly restore: (message: OwnMessage) => void;
}

/** Without `ownEvent` there are no own events. */
export function createOwnEvents<E>(options: OwnEventsOptions<E>): OwnEvents {
  const { ownEvent, format, accounts, sequence, effects } = options;
  const { losses } = accounts;
  let replay: OwnMessage | undefined;
  let pending: OwnMessage | undefined;
  let heartbeatDue = false;
  let startDue = false;
  let stopDue = false;
  let nextReportMs = -Infinity;

  function build(facts: ExporterFacts): OwnMessage | undefined {
    if (ownEvent === undefined) return undefined;
    const number = sequence.next();
    try {
      const context = { nowMs: effects.now(), sequence: { boot: sequence.boot, number } };
      const message = format(ownEvent(facts), context);
      if (message !== "too_large") return { text: message.text, number, ...(facts.kind === "loss" && { loss: facts }) };
    } catch {
      // Told like a message that is too large: what the callbacks threw may hold event content.
    }
    options.onFailure();
    return undefined;
  }
  function buildLossReport(): OwnMessage | undefined {
    nextReportMs = effects.elapsed() + options.lossReportIntervalMs;
    const report = losses.take();
    const message = build(report);
    if (message === undefined) losses.merge(report);
    return message;
  }
  function buildLifecycle(): OwnMessage | undefined {
    if (startDue) {
      startDue = false;
      return build(options.start());
    }
    if (!heartbeatDue) return undefined;
    heartbeatDue = false;
    return build(options.heartbeat());
  }
  function buildStop(): OwnMessage | undefined {
    stopDue = false;
    return build(options.stop());
  }
  function lossReportInMs(): number | undefined {
    return ownEvent === undefined || losses.empty ? undefined : Math.max(0, nextReportMs - effects.elapsed());
  }
  function take(): OwnMessage | undefined {
    const message = replay ?? pending;
    if (replay === undefined) pending = undefined;
    replay = undefined;
    return message;
  }

  return {
    get pendingNumber() {
      return pending?.number;
    },
    get lossReportInMs() {
      return lossReportInMs();
    },
    get untold() {
      const pendingLoss = [replay?.loss, pending?.loss].filter((report) => report !== undefined);
      return [...pendingLoss, ...losses.reports];
    },
    requestHeartbeat: () => {
      heartbeatDue = true;
    },
    requestStart: () => {
      startDue = true;
    },
    requestStop: () => {
      stopDue = true;
    },
    due: (reportLosses) =>
      (replay ?? pending) !== undefined ||
      heartbeatDue ||
      startDue ||
      stopDue ||
      (reportLosses && lossReportInMs() === 0),
    next: (reportLosses) => {
      if (replay !== undefined) return replay;
      pending ??= buildLifecycle();
      if (reportLosses && lossReportInMs() === 0) pending ??= buildLossReport();
      if (stopDue) pending ??= buildStop();
      return pending;
    },
    hurry: () => {
      nextReportMs = -Infinity;
    },
    delivered: () => {
      take();
    },
    rejected: () => {
      const loss = take()?.loss;
      if (loss !== undefined) losses.merge(loss);
    },
    restore: (message) => {
      replay = { ...message, replay: true };
    },
  };
}
