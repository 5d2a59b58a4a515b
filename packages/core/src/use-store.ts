import { type Accounts } from "./accounts.ts";
import { type ErrorLog } from "./error-log.ts";
import { type ExporterStart } from "./lifecycle.ts";
import { type DropReason, type LossReport } from "./loss-window.ts";
import { type OwnEvents } from "./own-events.ts";
import { type QueueStore } from "./queue-store.ts";
import { type Receipts } from "./receipts.ts";
import { type Sequence } from "./sequence.ts";

/** Who is told of what happens in a store. */
export interface StoreUsers {
  readonly accounts: Accounts;
  readonly sequence: Sequence;
  readonly ownEvents: OwnEvents;
  readonly receipts: Receipts;
  readonly errors: ErrorLog;
  readonly confirmedSeq: () => number;
  /** There may be something to send. */
  readonly wake: () => void;
  /** There may be room. */
  readonly check: () => void;
}

/** Begins to use a store: what an earlier process left, and has not told, is ours from now on. */
export function useStore(store: QueueStore, users: StoreUsers): void {
  const { accounts, sequence, ownEvents, receipts, errors } = users;
  let isMet = false;

  function lose(report: LossReport): void {
    for (const [reason, count] of Object.entries(report.byReason) as [DropReason, number][]) {
      accounts.stored.lose(count, reason);
    }
    const { boot, ...own } = report;
    if (boot !== undefined && boot !== sequence.boot) {
      accounts.losses.merge(report);
    } else {
      accounts.losses.merge(own);
      receipts.dropSome(own);
    }
  }
  // The store may be opened later than we are.
  function meetPrevious(): void {
    const { previous } = store;
    if (previous === undefined || isMet) return;
    isMet = true;
    for (const report of previous.untold) accounts.losses.merge({ boot: previous.boot, ...report });
  }
  function takeNews(): void {
    meetPrevious();
    const news = store.takeNews();
    if (news === undefined) return;
    accounts.stored.recover(news.recovered);
    for (const report of news.lost) lose(report);
    for (const problem of news.problems) errors.add("store", problem);
    users.wake();
  }

  meetPrevious();
  store.begin({
    boot: sequence.boot,
    facts: () => ({ lastSeq: sequence.last, confirmedSeq: users.confirmedSeq(), untold: ownEvents.untold }),
    onNews: takeNews,
    onRoom: users.check,
  });
  takeNews();
}

/** What an exporter tells of its start. */
export function startOf(store: QueueStore | undefined): ExporterStart {
  const previous = store?.previous;
  if (store === undefined || previous === undefined) return { kind: "start", recovered: store?.stats.recovered ?? 0 };
  const { boot, clean, lastSeq } = previous;
  return { kind: "start", previous: { boot, clean, lastSeq }, recovered: store.stats.recovered };
}
