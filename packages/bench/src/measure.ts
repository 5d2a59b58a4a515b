import { median } from "./median.ts";

/** Something to measure: what is done with one item. */
export interface Subject<T> {
  readonly name: string;
  readonly run: (item: T) => unknown;
}

/** What one item costs, in microseconds: the median of all rounds. */
export interface Figure {
  readonly name: string;
  readonly cpuUs: number;
  readonly wallUs: number;
  /** CPU time as a multiple of that of the first subject in the same round: the median of all rounds. */
  readonly ratio: number;
}

/** How much is measured, and with which clocks, in microseconds. */
export interface MeasureOptions {
  readonly rounds: number;
  /** Rounds before the first that counts, for the engine to optimise in. */
  readonly warmUpRounds: number;
  /** Times that a round goes through all items. */
  readonly repeats: number;
  readonly cpuUs: () => number;
  readonly wallUs: () => number;
}

interface Cost {
  readonly cpuUs: number;
  readonly wallUs: number;
}

/**
 * Measures the subjects in turn, round by round, so that what else the machine does falls on all of them. Only ratios of one
 * run can be compared.
 */
export function measure<T>(
  subjects: readonly Subject<T>[],
  items: readonly T[],
  options: MeasureOptions,
): readonly Figure[] {
  const rounds: (readonly Cost[])[] = [];
  for (let round = -options.warmUpRounds; round < options.rounds; round++) {
    const costs = subjects.map((subject) => costOf(subject, items, options));
    if (round >= 0) rounds.push(costs);
  }
  return subjects.map(({ name }, index) => ({
    name,
    cpuUs: median(rounds.map((costs) => costs[index]?.cpuUs ?? NaN)),
    wallUs: median(rounds.map((costs) => costs[index]?.wallUs ?? NaN)),
    ratio: median(rounds.map((costs) => (costs[index]?.cpuUs ?? NaN) / (costs[0]?.cpuUs ?? NaN))),
  }));
}

function costOf<T>({ run }: Subject<T>, items: readonly T[], { repeats, cpuUs, wallUs }: MeasureOptions): Cost {
  const cpuStart = cpuUs();
  const wallStart = wallUs();
  for (let repeat = 0; repeat < repeats; repeat++) for (const item of items) run(item);
  const count = repeats * items.length;
  return { cpuUs: (cpuUs() - cpuStart) / count, wallUs: (wallUs() - wallStart) / count };
}
