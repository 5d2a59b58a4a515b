/** Numbers that no line has, from one to another. */
export interface SequenceGap {
  readonly from: number;
  readonly to: number;
  /** How many of them are missing and not told by an event 9001. All of them, where none tells of this range. */
  readonly missing: number;
}

/** The numbers of one exporter, which has a boot id of its own from its start to its end. */
export interface SequenceReport {
  readonly boot: string;
  /** The lowest and the highest number that is here. What was before and after them cannot be told. */
  readonly from: number;
  readonly to: number;
  /** Different numbers that are here. */
  readonly received: number;
  /** Lines whose number was read before. */
  readonly repeated: number;
  /** Messages that events 9001 say were lost. */
  readonly toldLost: number;
  /** Missing numbers in the ranges that events 9001 tell, as far as their count goes. */
  readonly explained: number;
  /** Missing numbers that no event 9001 tells. */
  readonly unexplained: number;
  /** Where they are, in ascending order. */
  readonly gaps: readonly SequenceGap[];
}
