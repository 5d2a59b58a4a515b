/** Numbers every line of one exporter, so that a search in the SIEM finds gaps and duplicates. */
export interface Sequence {
  /** 8 hex digits, new for every exporter. */
  readonly boot: string;
  /** The highest number given out. 0 before the first. */
  readonly last: number;
  /** Gives out the next number. */
  readonly next: () => number;
}

/** Starts at 1, under a boot id drawn from `random`. */
export function createSequence(random: () => number): Sequence {
  const boot = (Math.floor(random() * 2 ** 32) >>> 0).toString(16).padStart(8, "0");
  let last = 0;
  return {
    boot,
    get last() {
      return last;
    },
    next: () => ++last,
  };
}
