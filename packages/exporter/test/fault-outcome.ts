import { setTimeout as wait } from "node:timers/promises";
import { type ExporterStats } from "@clawmetry/siem-core";
import {
  type ArrivalFaults,
  type Arrivals,
  findArrivalFaults,
  type LeakWatch,
  poll,
} from "@clawmetry/siem-testkit/receivers";
import { expect } from "vitest";

// Whoever has not written anything for so long holds nothing more.
const SETTLED_MS = 1500;
const INTERVAL_MS = 50;
const MAX_BATCH_EVENTS = 512;

/** What became of the events of one exporter. */
export interface FaultOutcome extends ArrivalFaults {
  readonly transport: string;
  /** Events that never came although they count as sent. */
  readonly lost: number;
  /** Losses of which an event 9001 tells. */
  readonly told: number;
  readonly stats: ExporterStats;
}

/**
 * Waits until everything has come or nothing comes any more, after the exporter was closed. Expects what must hold after
 * any fault: every event is accounted for, and every counted loss is told. `read` gives what each receiver has, and order is
 * what each of them has by itself.
 */
export async function settleOutcome(
  transport: string,
  stats: ExporterStats,
  read: () => readonly Arrivals[],
): Promise<FaultOutcome> {
  expectSum(stats);
  const parts = await untilSettled(stats, read);
  const arrivals = joinArrivals(parts);
  const { told } = arrivals;
  expect(told, `${transport}: told`).toBe(countedLosses(stats));
  const lost = stats.sent - new Set(arrivals.events).size;
  const outOfOrder = parts.flatMap((part) => findArrivalFaults(part, stats.lastSeq).outOfOrder);
  return { ...findArrivalFaults(arrivals, stats.lastSeq), outOfOrder, transport, lost, told, stats };
}

/** What several receivers have together. An event 9001 that two of them have counts twice. */
export function joinArrivals(parts: readonly Arrivals[]): Arrivals {
  return {
    events: parts.flatMap(({ events }) => events),
    own: parts.flatMap(({ own }) => own),
    told: parts.reduce((sum, { told }) => sum + told, 0),
  };
}

/** Expects that events came in order, and that none came twice but those that were sent again. */
export function expectFaithful({ transport, outOfOrder, duplicates, stats }: FaultOutcome): void {
  expect(outOfOrder.length, `${transport}: out of order, from ${outOfOrder[0] ?? 0} on`).toBe(0);
  // A batch under way when a connection broke is sent again from where the kernel had taken it.
  const sentAgain = stats.replayed + stats.errors * MAX_BATCH_EVENTS;
  expect(duplicates, `${transport}: duplicates`).toBeLessThanOrEqual(sentAgain);
}

/** The sum that holds at any moment: nothing disappears uncounted. */
export function expectSum({ accepted, sent, queuedEvents, dropped }: ExporterStats): void {
  expect(sent + queuedEvents + dropped.evicted + dropped.rejected + dropped.shutdown).toBe(accepted);
}

/** Expects that no socket, timer or rejection is left. Sockets end when the peer has, a moment after `close`. */
export async function expectNothingLeft(watch: LeakWatch): Promise<void> {
  const nothing = JSON.stringify({ sockets: 0, timers: 0, resources: [], unhandled: [] });
  const left = () => JSON.stringify(watch.leaks());
  await poll(
    () => left() === nothing || undefined,
    2000,
    () => `left behind: ${left()}`,
  );
}

/** How many events were lost without a word, by transport. */
export function lossesOf(outcomes: readonly FaultOutcome[]): Readonly<Record<string, number>> {
  return Object.fromEntries(outcomes.map(({ transport, lost }) => [transport, lost]));
}

/** How many came more than once, by transport. */
export function duplicatesOf(outcomes: readonly FaultOutcome[]): Readonly<Record<string, number>> {
  return Object.fromEntries(outcomes.map(({ transport, duplicates }) => [transport, duplicates]));
}

function countedLosses({ dropped }: ExporterStats): number {
  return dropped.queue_full + dropped.too_large + dropped.refused + dropped.evicted + dropped.rejected;
}

async function untilSettled({ lastSeq }: ExporterStats, read: () => readonly Arrivals[]): Promise<readonly Arrivals[]> {
  let parts = read();
  let last = joinArrivals(parts);
  let changedMs = performance.now();
  while (findArrivalFaults(last, lastSeq).missing.length > last.told) {
    if (performance.now() - changedMs > SETTLED_MS) return parts;
    const count = last.events.length + last.own.length;
    await wait(INTERVAL_MS);
    parts = read();
    last = joinArrivals(parts);
    if (last.events.length + last.own.length !== count) changedMs = performance.now();
  }
  return parts;
}
