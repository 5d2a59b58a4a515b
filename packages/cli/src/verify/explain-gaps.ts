import { type LossReport } from "./loss-report.ts";
import { type SequenceGap, type SequenceReport } from "./sequence-report.ts";

/** Numbers that no line has: all from one to another. */
export interface MissingRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Compares missing numbers with what events 9001 tell. A report names the lowest and the highest number that was lost and how
 * many there were, not which: in its range as many missing numbers are explained. Reports whose ranges overlap count together.
 * `missing` must be in ascending order.
 */
export function explainGaps(
  missing: readonly MissingRange[],
  reports: readonly LossReport[],
): Pick<SequenceReport, "explained" | "unexplained" | "gaps"> {
  const gaps: SequenceGap[] = [];
  let explained = 0;
  for (const { from, to, count, report } of joinByReport(splitAtReports(missing, mergeReports(reports)))) {
    const told = Math.min(count, report?.count ?? 0);
    explained += told;
    if (count > told) gaps.push({ from, to, missing: count - told });
  }
  return { explained, unexplained: gaps.reduce((sum, gap) => sum + gap.missing, 0), gaps };
}

interface Piece extends MissingRange {
  readonly count: number;
  /** The report in whose range it lies, if any does. */
  readonly report: LossReport | undefined;
}

function* splitAtReports(missing: readonly MissingRange[], reports: readonly LossReport[]): Generator<Piece> {
  let next = 0;
  for (const { from: start, to: end } of missing) {
    let from = start;
    while (from <= end) {
      while ((reports[next]?.to ?? Infinity) < from) next++;
      const report = reports[next];
      const isInside = report !== undefined && report.from <= from;
      const to = Math.min(end, isInside ? report.to : (report?.from ?? Infinity) - 1);
      yield { from, to, count: to - from + 1, report: isInside ? report : undefined };
      from = to + 1;
    }
  }
}

// What lies in one report's range counts together: which of it was lost, the report does not say.
function joinByReport(pieces: Iterable<Piece>): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.report === undefined || last?.report !== piece.report) joined.push(piece);
    else joined[joined.length - 1] = { ...last, to: piece.to, count: last.count + piece.count };
  }
  return joined;
}

function mergeReports(reports: readonly LossReport[]): readonly LossReport[] {
  const merged: LossReport[] = [];
  for (const { count, from, to } of reports.toSorted((left, right) => left.from - right.from)) {
    const last = merged.at(-1);
    if (last === undefined || from > last.to) merged.push({ count, from, to });
    else merged[merged.length - 1] = { count: last.count + count, from: last.from, to: Math.max(last.to, to) };
  }
  return merged;
}
