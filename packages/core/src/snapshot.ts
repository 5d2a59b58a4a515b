import { type Accounts } from "./accounts.ts";
import { type Effects } from "./effects.ts";
import { type ErrorLog } from "./error-log.ts";
import { type Heartbeat } from "./heartbeat.ts";
import { type OwnEvents } from "./own-events.ts";
import { type Queue } from "./queue.ts";
import { type Sender } from "./sender.ts";
import { type Sequence } from "./sequence.ts";
import { type ErrorReport, type ExporterState, type ExporterStats, type TargetStats } from "./stats.ts";
import { type Transport } from "./transport.ts";

/** Everything that knows a number. */
export interface StatsParts {
  readonly accounts: Accounts;
  readonly sequence: Sequence;
  readonly queue: Queue;
  readonly transport: Transport;
  readonly sender: Sender;
  readonly ownEvents: OwnEvents;
  /** Failures that are not the transport's. */
  readonly errors: ErrorLog;
  readonly transportErrors: ErrorLog;
  readonly target: string;
  readonly effects: Effects;
}

const DAY_MS = 86_400_000;

/** Reads all counters at once. Later changes do not show in the result. */
export function statsOf(parts: StatsParts): ExporterStats {
  const { accounts, sequence, queue, sender, errors, transportErrors } = parts;
  const lastError = later(errors.last, transportErrors.last);
  return {
    accepted: accounts.accepted,
    sent: accounts.sent,
    dropped: { ...accounts.dropped },
    replayed: sender.replayed,
    retried: sender.retried,
    errors: errors.count + transportErrors.count,
    own: sender.own,
    queuedEvents: accounts.waiting,
    queuedBytes: queue.bytes,
    lastSeq: sequence.last,
    confirmedSeq: confirmedSeq(parts),
    state: stateOf(parts),
    ...(lastError !== undefined && { lastError }),
    targets: [targetStats(parts)],
  };
}

/** What a heartbeat tells. */
export function heartbeatOf(parts: StatsParts): Heartbeat {
  const { accounts, sequence, transport, target, effects } = parts;
  const validToMs = transport.peer?.certValidToMs;
  return {
    kind: "heartbeat",
    accepted: accounts.accepted,
    sent: accounts.sent,
    dropped: accounts.droppedTotal,
    queued: accounts.waiting,
    lastSeq: sequence.last,
    state: stateOf(parts),
    target,
    ...(validToMs !== undefined && { certDays: Math.floor((validToMs - effects.now()) / DAY_MS) }),
  };
}

function targetStats(parts: StatsParts): TargetStats {
  const { accounts, transport, transportErrors, target } = parts;
  const { peer } = transport;
  const lastError = transportErrors.last;
  return {
    target,
    state: stateOf(parts),
    ...(peer !== undefined && { peer }),
    sent: accounts.sent,
    errors: transportErrors.count,
    ...(lastError !== undefined && { lastError }),
  };
}

function stateOf({ sender, transport }: StatsParts): ExporterState {
  return sender.paused ? "retrying" : transport.state;
}

function confirmedSeq({ accounts, sequence, ownEvents }: StatsParts): number {
  return Math.min(accounts.oldestWaiting ?? Infinity, ownEvents.pendingNumber ?? Infinity, sequence.last + 1) - 1;
}

function later(one: ErrorReport | undefined, other: ErrorReport | undefined): ErrorReport | undefined {
  return one === undefined || (other !== undefined && other.atMs >= one.atMs) ? other : one;
}
