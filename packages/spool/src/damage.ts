import { type LostRecords } from "./lost-records.ts";
import { type RecordHead } from "./record.ts";

/** Gathers what is known of the damaged records of one file. */
export interface Damage {
  /** Undefined without damage. */
  readonly found: LostRecords | undefined;
  /** This record is damaged, and its head is not. */
  readonly at: (head: RecordHead) => void;
  /** So many are missing after those of `before`, which may be none, and before `next`, when there is a next one. */
  readonly between: (
    count: number,
    before: { readonly seqTo: number; readonly endMs: number },
    next: RecordHead | undefined,
  ) => void;
}

/** No damage so far, in a file of records of this severity. */
export function createDamage(severity: number): Damage {
  let found: LostRecords | undefined;

  function add(count: number, seqFrom: number, seqTo: number, startMs: number, endMs: number): void {
    found = {
      severity,
      count: (found?.count ?? 0) + count,
      seqFrom: Math.min(found?.seqFrom ?? Infinity, seqFrom),
      seqTo: Math.max(found?.seqTo ?? 0, seqTo),
      startMs: Math.min(found?.startMs ?? Infinity, startMs),
      endMs: Math.max(found?.endMs ?? 0, endMs),
    };
  }
  return {
    get found() {
      return found;
    },
    at: ({ number, atMs }) => {
      add(1, number, number, atMs, atMs);
    },
    between: (count, { seqTo, endMs }, next) => {
      if (count <= 0) return;
      // What is known of neither side is told as 0.
      const seqFrom = seqTo === -Infinity ? Math.max(0, (next?.number ?? 0) - count) : seqTo + 1;
      const startMs = endMs === -Infinity ? (next?.atMs ?? 0) : endMs;
      add(count, seqFrom, Math.max(seqFrom, (next?.number ?? 0) - 1), startMs, Math.max(startMs, next?.atMs ?? 0));
    },
  };
}
