import { type ErrorReport } from "./stats.ts";

/** Counts what went wrong and keeps the last of it. */
export interface ErrorLog {
  readonly count: number;
  readonly last: ErrorReport | undefined;
  readonly add: (code: ErrorReport["code"], message: string) => void;
}

/** An empty log. `now` gives milliseconds since 1970; `onAdd` is told of every entry. */
export function createErrorLog(now: () => number, onAdd: (report: ErrorReport) => void): ErrorLog {
  let count = 0;
  let last: ErrorReport | undefined;
  return {
    get count() {
      return count;
    },
    get last() {
      return last;
    },
    add: (code, message) => {
      count += 1;
      last = { code, message, atMs: now() };
      onAdd(last);
    },
  };
}
