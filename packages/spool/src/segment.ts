import { type SegmentName } from "./segment-name.ts";

/** One file of records, and what is known of it. */
export interface Segment extends SegmentName {
  readonly path: string;
  /** Whether its records were in no memory when they were written. */
  readonly isBacklog: boolean;
  /** Bytes written. */
  bytes: number;
  /** The order of its last record. */
  lastOrder: number;
  /** The index after that of its last record. */
  nextIndex: number;
  /** Records of a backlog that are in no memory yet. */
  unread: number;
  /** Of its records: lowest and highest sequence number, earliest and latest time of a send. */
  seqFrom: number;
  seqTo: number;
  startMs: number;
  endMs: number;
}

/** A segment without a record. */
export function createSegment(name: SegmentName, path: string, isBacklog: boolean): Segment {
  return {
    ...name,
    path,
    isBacklog,
    bytes: 0,
    lastOrder: name.order - 1,
    nextIndex: name.index,
    unread: 0,
    seqFrom: Infinity,
    seqTo: -Infinity,
    startMs: Infinity,
    endMs: -Infinity,
  };
}

/** Adds the facts of a record that follows all others. */
export function noteRecord(
  segment: Segment,
  record: { readonly order: number; readonly index: number; readonly number: number; readonly atMs: number },
): void {
  segment.lastOrder = record.order;
  segment.nextIndex = record.index + 1;
  segment.seqFrom = Math.min(segment.seqFrom, record.number);
  segment.seqTo = Math.max(segment.seqTo, record.number);
  segment.startMs = Math.min(segment.startMs, record.atMs);
  segment.endMs = Math.max(segment.endMs, record.atMs);
}
