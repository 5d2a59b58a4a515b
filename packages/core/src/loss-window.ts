import { severityRank } from "./severity-rank.ts";

/**
 * Why an event was lost. Before acceptance: `queue_full`, `too_large` (the formatter could not make it fit), `refused`
 * (the formatter or the queue failed), `closed`. After it: `evicted` (pushed out by a more important one), `rejected`
 * (the transport cannot carry it), `shutdown` (still waiting, or perhaps lost, when `close` ended), `damaged` (the disk did not
 * give back what was written to it; only with a queue that has a `store`).
 */
export type DropReason =
  | "queue_full"
  | "too_large"
  | "refused"
  | "closed"
  | "evicted"
  | "rejected"
  | "shutdown"
  | "damaged";

/** A syslog severity, or `unknown` for an event that was lost before it was formatted. */
export type LossSeverity = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "unknown";

/** One lost event. */
export interface Loss {
  readonly reason: DropReason;
  /** Absent when the event was lost before it was formatted. */
  readonly severity?: number;
  /** When it was given to `send`, in milliseconds since 1970. */
  readonly atMs: number;
  /** Its sequence number. */
  readonly number: number;
  /** Boot id of the process whose number this is, when it is not this one. */
  readonly boot?: string;
}

/** What was lost since the last report. */
export interface LossReport {
  readonly kind: "loss";
  readonly count: number;
  /** Only reasons that occurred. */
  readonly byReason: Readonly<Partial<Record<DropReason, number>>>;
  /** Only severities that occurred. */
  readonly bySeverity: Readonly<Partial<Record<LossSeverity, number>>>;
  /** When the earliest and the latest lost event were given to `send`, in milliseconds since 1970. */
  readonly startMs: number;
  readonly endMs: number;
  /** The lowest and the highest sequence number lost. Others between them may have arrived. */
  readonly seqFrom: number;
  readonly seqTo: number;
  /** Boot id of the process whose numbers these are, when it is not this one. */
  readonly boot?: string;
}

/** Gathers losses until they are reported, those of each process apart: their numbers have nothing to do with each other. */
export interface LossWindow {
  readonly empty: boolean;
  /** What was gathered so far. Later losses do not show in it. */
  readonly reports: readonly LossReport[];
  readonly add: (loss: Loss) => void;
  /** Gives what was gathered of one process, this one last, and begins anew. */
  readonly take: () => LossReport;
  /** Puts back a report that could not be made or delivered, or adds one from elsewhere. */
  readonly merge: (report: LossReport) => void;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Counts<K extends string> = Partial<Record<K, number>>;
interface Gathered extends Omit<Mutable<LossReport>, "byReason" | "bySeverity"> {
  readonly byReason: Counts<DropReason>;
  readonly bySeverity: Counts<LossSeverity>;
}

/** An empty window. Its size does not depend on the number of losses. */
export function createLossWindow(): LossWindow {
  const earlier = new Map<string, Gathered>();
  let own = nothing();

  function gatheredOf(boot: string | undefined): Gathered {
    if (boot === undefined) return own;
    const gathered = earlier.get(boot) ?? { ...nothing(), boot };
    earlier.set(boot, gathered);
    return gathered;
  }

  return {
    get empty() {
      return own.count === 0 && earlier.size === 0;
    },
    get reports() {
      return [...earlier.values(), ...(own.count > 0 ? [own] : [])].map((report) => structuredClone(report));
    },
    add: ({ reason, severity, atMs, number, boot }) => {
      const gathered = gatheredOf(boot);
      extend(gathered, 1, atMs, atMs, number, number);
      raise(gathered.byReason, reason, 1);
      raise(gathered.bySeverity, severity === undefined ? "unknown" : SEVERITIES[severityRank(severity)], 1);
    },
    take: () => {
      for (const [boot, report] of earlier) {
        earlier.delete(boot);
        return report;
      }
      const report = own;
      own = nothing();
      return report;
    },
    merge: (report) => {
      const gathered = gatheredOf(report.boot);
      extend(gathered, report.count, report.startMs, report.endMs, report.seqFrom, report.seqTo);
      raiseEach(gathered.byReason, report.byReason);
      raiseEach(gathered.bySeverity, report.bySeverity);
    },
  };
}

function extend(
  gathered: Gathered,
  count: number,
  startMs: number,
  endMs: number,
  seqFrom: number,
  seqTo: number,
): void {
  gathered.count += count;
  gathered.startMs = Math.min(gathered.startMs, startMs);
  gathered.endMs = Math.max(gathered.endMs, endMs);
  gathered.seqFrom = Math.min(gathered.seqFrom, seqFrom);
  gathered.seqTo = Math.max(gathered.seqTo, seqTo);
}

const SEVERITIES: readonly LossSeverity[] = ["0", "1", "2", "3", "4", "5", "6", "7"];

function nothing(): Gathered {
  return {
    kind: "loss",
    count: 0,
    byReason: {},
    bySeverity: {},
    startMs: Infinity,
    endMs: -Infinity,
    seqFrom: Infinity,
    seqTo: -Infinity,
  };
}

function raise<K extends string>(counts: Counts<K>, key: K | undefined, by: number | undefined): void {
  if (key !== undefined) counts[key] = (counts[key] ?? 0) + (by ?? 0);
}

function raiseEach<K extends string>(counts: Counts<K>, by: Readonly<Counts<K>>): void {
  for (const key of Object.keys(by) as K[]) raise(counts, key, by[key]);
}
