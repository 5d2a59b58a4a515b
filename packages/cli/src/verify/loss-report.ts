/** What an event 9001 tells of messages that were lost, all of the boot id that it has itself. */
export interface LossReport {
  readonly count: number;
  /** The lowest and the highest number that was lost. Others between them may have arrived. */
  readonly from: number;
  readonly to: number;
}

/** The report, if its numbers can be. */
export function lossReport(count: unknown, from: unknown, to: unknown): LossReport | undefined {
  const isReport = isNumber(count) && isNumber(from) && isNumber(to) && from <= to;
  return isReport ? { count, from, to } : undefined;
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
