import { type ExporterStats } from "@clawmetry/siem-exporter";

/** The counters of an exporter by which progress is judged. */
export type ProgressStats = Pick<ExporterStats, "lastSeq" | "confirmedSeq" | "errors"> & {
  readonly targets: readonly { readonly queue?: Pick<ExporterStats, "lastSeq" | "confirmedSeq"> }[];
};

/** Which rows of the store the SIEM has, told from the exporter's sequence numbers. */
export interface ForwardProgress {
  /** Every row up to `seq` was given to the exporter: call it before anything else can be given to it. */
  readonly note: (seq: number, stats: ProgressStats) => void;
  /** The last row that was settled since the last call. Undefined for none. `nowMs`: of a clock that never goes back. */
  readonly settle: (stats: ProgressStats, nowMs: number) => number | undefined;
}

interface Step {
  readonly seq: number;
  /** The number that each queue had given out when the row was in it. */
  readonly numbers: readonly number[];
  /** Since when it is confirmed, and how many errors there were by then. */
  confirmed?: { readonly sinceMs: number; readonly errors: number };
}

// A step stands for all rows up to it, so merging two of them costs nothing but precision.
const MOST_STEPS = 1000;

/**
 * A row is settled when the exporter has sent or dropped it and no send failed and no connection broke for `settleMs` after that: until
 * then it may have to be sent again, which a process that is gone does not do.
 *
 * The exporter's own events take numbers too, so a row is not a number: a step remembers the highest number at its time.
 */
export function createForwardProgress(settleMs: number): ForwardProgress {
  const steps: Step[] = [];

  function isSettled(step: Step, stats: ProgressStats, nowMs: number): boolean {
    if (!queuesOf(stats).every(({ confirmedSeq }, index) => confirmedSeq >= (step.numbers[index] ?? 0))) return false;
    if (step.confirmed?.errors !== stats.errors) step.confirmed = { sinceMs: nowMs, errors: stats.errors };
    return nowMs - step.confirmed.sinceMs >= settleMs;
  }

  return {
    note: (seq, stats) => {
      if (steps.length >= MOST_STEPS) steps.pop();
      steps.push({ seq, numbers: queuesOf(stats).map(({ lastSeq }) => lastSeq) });
    },
    settle: (stats, nowMs) => {
      let settled: number | undefined;
      // All are looked at: each has a time of its own. They settle in their order.
      const count = steps.map((step) => isSettled(step, stats, nowMs)).indexOf(false);
      for (const { seq } of steps.splice(0, count === -1 ? steps.length : count)) settled = seq;
      return settled;
    },
  };
}

// Several destinations at once have a queue and numbers each; the sums of the whole would mix them.
function queuesOf(stats: ProgressStats): readonly Pick<ExporterStats, "lastSeq" | "confirmedSeq">[] {
  const queues = stats.targets.flatMap(({ queue }) => queue ?? []);
  return queues.length === 0 || queues.length < stats.targets.length ? [stats] : queues;
}
