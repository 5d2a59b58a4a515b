import { createDamage } from "./damage.ts";
import { type LostRecords } from "./lost-records.ts";
import { createRecordReader } from "./record-reader.ts";
import { createSegment, noteRecord, type Segment } from "./segment.ts";
import { type SegmentName } from "./segment-name.ts";
import { readFully } from "./segment-reader.ts";
import { type SpoolFiles } from "./spool-files.ts";

/** What a file of records holds. */
export interface ScannedSegment {
  readonly segment: Segment;
  /** Bytes of the texts of the unread records. */
  readonly textBytes: number;
  /** When the oldest unread record was given to `send`, in milliseconds since 1970. Undefined without one. */
  readonly oldestMs: number | undefined;
  /** Where the last record ends that is whole: behind it is nothing but damage. */
  readonly wholeBytes: number;
  /** Records that are gone, as far as what is left of them shows. Undefined without damage. */
  readonly damaged: LostRecords | undefined;
}

/**
 * Reads a whole file, in pieces, and checks every record. Those not after `confirmedOrder` were sent and count as read. Of a file
 * that ends between two records, nobody can tell whether more followed. Throws what the file system throws.
 */
export function scanSegment(
  files: SpoolFiles,
  name: SegmentName,
  path: string,
  confirmedOrder: number,
): ScannedSegment {
  const fd = files.openSync(path, "r");
  try {
    return scan(files, fd, createSegment(name, path, true), confirmedOrder);
  } finally {
    files.closeSync(fd);
  }
}

function scan(files: SpoolFiles, fd: number, segment: Segment, confirmedOrder: number): ScannedSegment {
  const { size } = files.fstatSync(fd);
  const { salt, severity } = segment;
  const reader = createRecordReader({
    salt,
    size: () => size,
    read: (memory, length, position) => readFully(files, fd, memory, length, position),
  });
  const damage = createDamage(severity);
  let textBytes = 0;
  let oldestMs: number | undefined;
  let endsHidden = false;
  let wholeBytes = 0;
  for (let found = reader.next(); found !== undefined; found = reader.next()) {
    const { head, read } = found;
    endsHidden = head === undefined;
    if (read !== undefined) wholeBytes = reader.position;
    if (head === undefined || head.order <= segment.lastOrder) continue;
    const isUnread = head.order > confirmedOrder;
    // Those between the last record and this one may have been sent: that cannot be told.
    if (isUnread) damage.between(head.index - segment.nextIndex, segment, head);
    if (isUnread && read === undefined) damage.at(head);
    noteRecord(segment, head);
    if (!isUnread || read === undefined) continue;
    segment.unread += 1;
    textBytes += head.textBytes;
    oldestMs = Math.min(oldestMs ?? Infinity, head.atMs);
  }
  if (endsHidden) damage.between(1, segment, undefined);
  segment.bytes = size;
  return { segment, textBytes, oldestMs, wholeBytes, damaged: damage.found };
}
