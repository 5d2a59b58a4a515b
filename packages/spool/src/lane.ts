import { type SpoolRecord } from "./record.ts";
import { type Segment } from "./segment.ts";
import { openSegmentReader, type SegmentReader } from "./segment-reader.ts";
import { type SegmentWriter } from "./segment-writer.ts";
import { type SpoolFiles } from "./spool-files.ts";

/** The files of one severity, oldest first: the least severe records can be given up by whole files. */
export interface Lane {
  readonly severity: number;
  readonly segments: Segment[];
  /** At the end of the last segment. */
  writer: SegmentWriter | undefined;
  /** Of the oldest segment with unread records, once that was opened. */
  reader: SegmentReader | undefined;
}

/** Lanes of severity 0 to 7 without a segment. */
export function createLanes(): readonly Lane[] {
  return Array.from({ length: 8 }, (_, severity) => ({
    severity,
    segments: [],
    writer: undefined,
    reader: undefined,
  }));
}

// What will not be better next time: the disk cannot read it, or somebody took it away.
const GONE: ReadonlySet<unknown> = new Set(["EIO", "ENOENT", "EACCES", "EPERM", "EISDIR"]);

/** How the records of a lane are read. */
export interface LaneReading {
  readonly files: SpoolFiles;
  /** What is not after it was sent before. */
  readonly afterOrder: number;
  /** So many unread records of a segment cannot be read. */
  readonly onLost: (segment: Segment, count: number) => void;
}

/** The reader whose next record is the oldest unread one. Throws what the file system throws, unless a file is gone for good. */
export function oldestReader(lanes: readonly Lane[], reading: LaneReading): SegmentReader | undefined {
  let oldest: SegmentReader | undefined;
  let order = Infinity;
  for (const lane of lanes) {
    const record = peekLane(lane, reading);
    if (record === undefined || record.order >= order) continue;
    oldest = lane.reader;
    order = record.order;
  }
  return oldest;
}

function peekLane(lane: Lane, reading: LaneReading): SpoolRecord | undefined {
  for (const segment of lane.segments) {
    if (segment.unread === 0) continue;
    const record = peekSegment(lane, segment, reading);
    if (record !== undefined) return record;
    reading.onLost(segment, segment.unread);
    segment.unread = 0;
  }
  return undefined;
}

function peekSegment(lane: Lane, segment: Segment, { files, afterOrder }: LaneReading): SpoolRecord | undefined {
  try {
    if (lane.reader?.segment !== segment) {
      closeReader(lane);
      lane.reader = openSegmentReader(files, segment, afterOrder, () =>
        lane.writer?.segment === segment ? lane.writer : undefined,
      );
    }
    return lane.reader.peek();
  } catch (error) {
    if (error instanceof Error && "code" in error && GONE.has(error.code)) return undefined;
    throw error;
  }
}

/** The order before that of the oldest unread record of a lane. Infinity without one. */
export function oldestUnreadOf(lane: Lane): number {
  const segment = lane.segments.find(({ unread }) => unread > 0);
  if (segment === undefined) return Infinity;
  return lane.reader?.segment === segment ? lane.reader.position : segment.order - 1;
}

/** Closes the reader of a lane, when there is one. */
export function closeReader(lane: Lane): void {
  lane.reader?.close();
  lane.reader = undefined;
}
