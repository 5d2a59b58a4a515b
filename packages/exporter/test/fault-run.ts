import { type Arrivals, followArrivals, poll, reportFault, watchLeaks } from "@clawmetry/siem-testkit/receivers";
import { expect, onTestFinished } from "vitest";
import { type CloseReport } from "@clawmetry/siem-core";
import { type SiemExporter } from "../src/create-siem-exporter.ts";
import { faultExporter, type FaultLimits } from "./fault-exporter.ts";
import { createFaultLoad } from "./fault-load.ts";
import {
  expectFaithful,
  expectNothingLeft,
  expectSum,
  type FaultOutcome,
  joinArrivals,
  settleOutcome,
} from "./fault-outcome.ts";
import { type FaultTarget } from "./fault-targets.ts";

const FLUSH_MS = 60_000;
const STEP_MS = 50;

export interface FaultRunOptions {
  /** As the table of faults shows it. */
  readonly fault: string;
  readonly receiver: {
    readonly name: string;
    readonly recordPath: string;
    /** Where those write that stand in for it. Default: nobody does. */
    readonly standInPaths?: readonly string[];
  };
  /** Each gets an exporter. */
  readonly targets: readonly FaultTarget[];
  /** Events that each exporter is given in a second. Default 500. */
  readonly perSecond?: number;
  readonly limits?: FaultLimits | undefined;
  /** Whether the receiver writes what it got once and in the order in which it came. Default true. */
  readonly faithful?: boolean;
}

/** Exporters under load while something happens to their receiver. */
export interface FaultRun {
  readonly exporters: readonly SiemExporter[];
  /** What the receiver has of the exporter with that index, and those that stand in for it. */
  readonly arrivals: (index?: number) => Arrivals;
  /** Gives every exporter an event, and waits until the receiver has it. */
  readonly reach: () => Promise<void>;
  /** Gives every exporter its events, evenly spread over `forMs` milliseconds. */
  readonly load: (forMs: number) => Promise<void>;
  /** The same until `done`. Rejects with `describe()` when that takes longer than `limitMs` milliseconds. */
  readonly loadUntil: (done: () => boolean, limitMs: number, describe: () => string) => Promise<void>;
  /** Gives every exporter as many as its queue takes. */
  readonly flood: (forMs: number) => Promise<void>;
  /**
   * Sends what is left, closes every exporter, expects what must hold after any fault, and reports the rows of the table:
   * all events are accounted for, those that came are in order, nothing came twice but what was sent again, and no socket,
   * timer or rejection is left.
   */
  readonly finish: () => Promise<readonly FaultOutcome[]>;
  /** The same, but closes every exporter as it is, within `timeoutMs`, and gives what `close` said. */
  readonly cut: (timeoutMs: number) => Promise<readonly FaultCut[]>;
}

/** The end of an exporter that had something left to send. */
export interface FaultCut {
  readonly report: CloseReport;
  /** How long `close` took. */
  readonly tookMs: number;
  readonly outcome: FaultOutcome;
}

/** Starts the exporters. They end with the test. */
export function startFaultRun(options: FaultRunOptions): FaultRun {
  const { fault, receiver, targets, perSecond = 500, limits, faithful = true } = options;
  const watch = watchLeaks();
  onTestFinished(watch.stop);
  const files = [receiver.recordPath, ...(receiver.standInPaths ?? [])].map(followArrivals);
  const read = (index: number) => files.map((file) => file(nameOf(index)));
  const exporters = targets.map(({ config }, index) =>
    faultExporter({ heartbeatSeconds: 0, ...config, hostname: "gateway.test", appName: nameOf(index) }, limits),
  );
  onTestFinished(async () => {
    await Promise.all(exporters.map((exporter) => exporter.close({ timeoutMs: 100 })));
  });
  const load = createFaultLoad(exporters);

  async function settle({ transport }: FaultTarget, exporter: SiemExporter, index: number): Promise<FaultOutcome> {
    const outcome = await settleOutcome(transport, exporter.stats, () => read(index));
    if (faithful) expectFaithful(outcome);
    const { lost, duplicates, told, stats } = outcome;
    reportFault({ fault, receiver: receiver.name, transport, accepted: stats.accepted, lost, duplicates, told });
    return outcome;
  }

  async function settleAll(): Promise<readonly FaultOutcome[]> {
    await expectNothingLeft(watch);
    const outcomes: FaultOutcome[] = [];
    for (const [index, exporter] of exporters.entries()) {
      const target = targets[index];
      if (target !== undefined) outcomes.push(await settle(target, exporter, index));
    }
    return outcomes;
  }

  return {
    exporters,
    arrivals: (index = 0) => joinArrivals(read(index)),
    reach: async () => {
      load.give(1);
      for (const index of exporters.keys()) await untilReached(() => joinArrivals(read(index)));
    },
    load: (forMs) => load.even(perSecond, forMs),
    loadUntil: async (done, limitMs, describe) => {
      const endMs = performance.now() + limitMs;
      while (!done()) {
        if (performance.now() > endMs) throw new Error(`${describe()} after ${limitMs} ms`);
        await load.even(perSecond, STEP_MS);
      }
    },
    flood: load.flood,
    finish: async () => {
      await closeAll(exporters);
      return settleAll();
    },
    cut: async (timeoutMs) => {
      const ends = await Promise.all(exporters.map((exporter) => timeClose(exporter, timeoutMs)));
      const outcomes = await settleAll();
      return outcomes.flatMap((outcome, index) => {
        const end = ends[index];
        return end === undefined ? [] : [{ ...end, outcome }];
      });
    },
  };
}

async function timeClose(exporter: SiemExporter, timeoutMs: number): Promise<Pick<FaultCut, "report" | "tookMs">> {
  const startMs = performance.now();
  const report = await exporter.close({ timeoutMs });
  return { report, tookMs: performance.now() - startMs };
}

async function closeAll(exporters: readonly SiemExporter[]): Promise<void> {
  for (const { stats } of exporters) expectSum(stats);
  const flushed = await Promise.all(exporters.map((exporter) => exporter.flush({ timeoutMs: FLUSH_MS })));
  const reports = await Promise.all(exporters.map((exporter) => exporter.close()));
  expect(flushed).toEqual(exporters.map(() => true));
  expect(reports.map(({ left }) => left)).toEqual(exporters.map(() => 0));
}

async function untilReached(read: () => Arrivals): Promise<void> {
  await poll(
    () => read().events.length > 0 || undefined,
    10_000,
    () => "the receiver cannot be reached",
  );
}

function nameOf(index: number): string {
  return `exporter-${index}`;
}
