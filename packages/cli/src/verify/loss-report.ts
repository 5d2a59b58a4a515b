/** What an event 9001 tells of messages that were lost. */
export interface LossReport {
  readonly count: number;
  /** The lowest and the highest number that was lost. Others between them may have arrived. */
  readonly from: number;
  readonly to: number;
  /** Whose numbers these are. Undefined: of the boot id that the event has itself. */
  readonly boot?: string | undefined;
}

/** The report, if its numbers can be. */
export function lossReport(count: unknown, from: unknown, to: unknown, boot?: unknown): LossReport | undefined {
  const isReport = isNumber(count) && isNumber(from) && isNumber(to) && from <= to;
  if (!isReport) return undefined;
  return typeof boot === "string" ? { count, from, to, boot } : { count, from, to };
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
