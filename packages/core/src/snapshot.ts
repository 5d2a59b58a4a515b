import { type Accounts } from "./accounts.ts";
import { type Effects } from "./effects.ts";
import { type ErrorLog } from "./error-log.ts";
import { type Heartbeat } from "./heartbeat.ts";
import { type Line } from "./line.ts";
import { type OwnEvents } from "./own-events.ts";
import { type Queue } from "./queue.ts";
import { type Sender } from "./sender.ts";
import { type Sequence } from "./sequence.ts";
import {
  type ErrorReport,
  type ExporterState,
  type ExporterStats,
  type QueueStats,
  type TargetStats,
} from "./stats.ts";
import { type Target } from "./target.ts";

/** Everything that knows a number. */
export interface StatsParts {
  readonly accounts: Accounts;
  readonly sequence: Sequence;
  readonly queue: Queue;
  readonly line: Line;
  readonly sender: Sender;
  readonly ownEvents: OwnEvents;
  /** Failures that are no destination's. */
  readonly errors: ErrorLog;
  readonly effects: Effects;
}

const DAY_MS = 86_400_000;

/** Reads all counters at once. Later changes do not show in the result. */
export function statsOf(parts: StatsParts): ExporterStats {
  const { accounts, sender, errors, line } = parts;
  const targets = line.targets.map((target) => targetStats(parts, target));
  const lastError = latest([errors.last, ...targets.map((target) => target.lastError)]);
  return {
    ...queueStats(parts),
    sent: accounts.sent,
    replayed: sum(targets, ({ replayed }) => replayed),
    retried: sum(targets, ({ retried }) => retried),
    errors: errors.count + sum(targets, (target) => target.errors),
    own: sender.own,
    state: line.state,
    ...(lastError !== undefined && { lastError }),
    targets,
  };
}

/** What a heartbeat tells. `state`: that of the moment at which it was due, since it is sent when all is well again. */
export function heartbeatOf(parts: StatsParts, state: ExporterState): Heartbeat {
  const { accounts, sequence, line, effects } = parts;
  const validToMs = line.active.transport.peer?.certValidToMs;
  return {
    kind: "heartbeat",
    accepted: accounts.accepted,
    sent: accounts.sent,
    dropped: accounts.droppedTotal,
    queued: accounts.waiting,
    lastSeq: sequence.last,
    state,
    target: line.active.name,
    ...(validToMs !== undefined && { certDays: Math.floor((validToMs - effects.now()) / DAY_MS) }),
  };
}

/** The latest of some errors, the last one given among those of the same time. */
export function latest(reports: readonly (ErrorReport | undefined)[]): ErrorReport | undefined {
  return reports.reduce((one, other) => (one === undefined || (other && other.atMs >= one.atMs) ? other : one));
}

/** The sum over all items. */
export function sum<T>(items: readonly T[], valueOf: (item: T) => number): number {
  return items.reduce((total, item) => total + valueOf(item), 0);
}

/** Every number up to it was sent or dropped. 0 while something waits that an earlier process left. */
export function confirmedOf({
  accounts,
  sequence,
  ownEvents,
}: Pick<StatsParts, "accounts" | "sequence" | "ownEvents">): number {
  const oldest = Math.min(accounts.oldestWaiting ?? Infinity, ownEvents.pendingNumber ?? Infinity, sequence.last + 1);
  return Math.max(0, oldest - 1);
}

function targetStats(parts: StatsParts, target: Target): TargetStats {
  const { line, accounts } = parts;
  const { transport, counts, errors } = target;
  const { peer } = transport;
  const alone = line.targets.length === 1;
  return {
    target: target.name,
    active: target === line.active,
    state: target === line.active ? line.state : target.state,
    ...(peer !== undefined && { peer }),
    sent: alone ? accounts.sent : counts.sent,
    replayed: counts.replayed,
    retried: target.retried,
    errors: errors.count,
    ...(errors.last !== undefined && { lastError: errors.last }),
    ...(alone && { queue: queueStats(parts) }),
  };
}

function queueStats({ accounts, sequence, queue, ownEvents }: StatsParts): QueueStats {
  return {
    accepted: accounts.accepted,
    dropped: { ...accounts.dropped },
    queuedEvents: accounts.waiting,
    queuedBytes: queue.bytes,
    lastSeq: sequence.last,
    confirmedSeq: confirmedOf({ accounts, sequence, ownEvents }),
    ...(queue.store !== undefined && { store: queue.store.stats }),
  };
}
