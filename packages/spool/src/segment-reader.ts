import { type Buffer } from "node:buffer";
import { type SpoolRecord } from "./record.ts";
import { createRecordReader } from "./record-reader.ts";
import { type Segment } from "./segment.ts";
import { type SegmentWriter } from "./segment-writer.ts";
import { type SpoolFiles } from "./spool-files.ts";

/** Reads the unread records of one segment, in order. */
export interface SegmentReader {
  readonly segment: Segment;
  /** The order of the last record taken, or the one before its first. */
  readonly position: number;
  /** The next record, which stays the next one until `take`. Undefined when there is none at present. */
  readonly peek: () => SpoolRecord | undefined;
  readonly take: () => void;
  readonly close: () => void;
}

/**
 * A reader at the first record after `afterOrder`, also of what the writer of the segment, if it has one, has not written yet.
 * Passes over damage. Throws what the file system throws.
 */
export function openSegmentReader(
  files: SpoolFiles,
  segment: Segment,
  afterOrder: number,
  writerOf: () => SegmentWriter | undefined,
): SegmentReader {
  const fd = files.openSync(segment.path, "r");
  const records = createRecordReader({
    salt: segment.salt,
    size: () => segment.bytes + (writerOf()?.pendingBytes ?? 0),
    read: (memory, length, position) => {
      const inFile = Math.max(0, Math.min(length, segment.bytes - position));
      const count = readFully(files, fd, memory, inFile, position);
      if (count < inFile || inFile === length) return count;
      return count + (writerOf()?.copyPending(memory, inFile, length - inFile, position + inFile) ?? 0);
    },
  });
  let position = Math.max(afterOrder, segment.order - 1);
  let present: SpoolRecord | undefined;

  function read(): SpoolRecord | undefined {
    for (let found = records.next(); found !== undefined; found = records.next()) {
      if (found.head !== undefined && found.head.order > position && found.read !== undefined) return found.read();
    }
    return undefined;
  }
  return {
    segment,
    get position() {
      return position;
    },
    peek: () => (present ??= segment.unread > 0 ? read() : undefined),
    take: () => {
      position = present?.order ?? position;
      present = undefined;
    },
    close: () => {
      files.closeSync(fd);
    },
  };
}

/** Reads up to `length` bytes at `position`, and gives how many there were. */
export function readFully(files: SpoolFiles, fd: number, memory: Buffer, length: number, position: number): number {
  let count = 0;
  while (count < length) {
    const read = files.readSync(fd, memory, count, length - count, position + count);
    if (read === 0) break;
    count += read;
  }
  return count;
}
