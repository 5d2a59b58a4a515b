import { type DropReason } from "./loss-window.ts";
import { type StoreStats } from "./queue-store.ts";
import { latest, sum } from "./snapshot.ts";
import { type ExporterState, type ExporterStats } from "./stats.ts";

// From what an operator must look at to what is as it should be.
const BY_CONCERN: readonly ExporterState[] = [
  "backing-off",
  "failing-over",
  "connecting",
  "idle",
  "connected",
  "closed",
];

/** The stats of several exporters as one. Takes at least one. */
export function sumStats(all: readonly ExporterStats[]): ExporterStats {
  const lastError = latest(all.map((stats) => stats.lastError));
  return {
    accepted: sum(all, ({ accepted }) => accepted),
    sent: sum(all, ({ sent }) => sent),
    dropped: sumDrops(all.map(({ dropped }) => dropped)),
    replayed: sum(all, ({ replayed }) => replayed),
    retried: sum(all, ({ retried }) => retried),
    errors: sum(all, ({ errors }) => errors),
    own: sum(all, ({ own }) => own),
    queuedEvents: sum(all, ({ queuedEvents }) => queuedEvents),
    queuedBytes: sum(all, ({ queuedBytes }) => queuedBytes),
    lastSeq: Math.max(...all.map(({ lastSeq }) => lastSeq)),
    confirmedSeq: Math.min(...all.map(({ confirmedSeq }) => confirmedSeq)),
    state: BY_CONCERN.find((word) => all.some(({ state }) => state === word)) ?? "idle",
    ...(lastError !== undefined && { lastError }),
    ...storeOf(all),
    targets: all.flatMap(({ targets }) => targets),
  };
}

// The sum of their files and events, and the first problem.
function storeOf(all: readonly ExporterStats[]): { readonly store?: StoreStats } {
  const stores = all.flatMap(({ store }) => (store === undefined ? [] : [store]));
  if (stores.length === 0) return {};
  const failed = stores.find(({ state }) => state === "memory");
  return {
    store: {
      state: failed?.state ?? "disk",
      events: sum(stores, ({ events }) => events),
      bytes: sum(stores, ({ bytes }) => bytes),
      recovered: sum(stores, ({ recovered }) => recovered),
      ...(failed?.problem !== undefined && { problem: failed.problem }),
    },
  };
}

function sumDrops(all: readonly Readonly<Record<DropReason, number>>[]): Record<DropReason, number> {
  return all.reduce((one, other) => {
    const both = Object.entries(one).map(([reason, count]) => [reason, count + other[reason as DropReason]]);
    return Object.fromEntries(both) as Record<DropReason, number>;
  });
}
