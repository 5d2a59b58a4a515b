import { Buffer } from "node:buffer";
import { encodeRecord, recordBytes, type SpoolRecord } from "./record.ts";
import { noteRecord, type Segment } from "./segment.ts";
import { type SpoolFiles } from "./spool-files.ts";

/** Appends records to one file. */
export interface SegmentWriter {
  readonly segment: Segment;
  /** Records that are in memory alone so far, and their bytes. */
  readonly pendingRecords: number;
  readonly pendingBytes: number;
  /** Takes in a record, in memory at first. Throws what the file system throws; then it was not taken. */
  readonly append: (record: SpoolRecord) => void;
  /** Writes what is in memory. Throws what the file system throws; then nothing has changed. */
  readonly flush: () => void;
  /** Copies up to `length` pending bytes from this position of the file on to `memory`, and gives how many there were. */
  readonly copyPending: (memory: Buffer, offset: number, length: number, position: number) => number;
  /** Ends it without writing what is pending. */
  readonly close: () => void;
}

const CHUNK_BYTES = 65_536;

/** Appends to a segment that has an open file of its own. */
export function createSegmentWriter(files: SpoolFiles, segment: Segment, fd: number): SegmentWriter {
  let chunk: Buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let used = 0;
  let records = 0;

  function flush(): void {
    for (let written = 0; written < used; ) {
      // At a position: what a failed write left there is overwritten.
      written += files.writeSync(fd, chunk, written, used - written, segment.bytes + written);
    }
    segment.bytes += used;
    used = records = 0;
    if (chunk.length > CHUNK_BYTES) chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  }
  function makeRoom(bytes: number): void {
    if (used + bytes <= chunk.length) return;
    flush();
    if (bytes > chunk.length) chunk = Buffer.allocUnsafeSlow(bytes);
  }

  return {
    segment,
    get pendingRecords() {
      return records;
    },
    get pendingBytes() {
      return used;
    },
    append: (record) => {
      makeRoom(recordBytes(record.text, record.group));
      used = encodeRecord(record, chunk, used, segment.salt);
      records += 1;
      noteRecord(segment, record);
    },
    flush,
    copyPending: (memory, offset, length, position) => {
      const from = position - segment.bytes;
      return chunk.copy(memory, offset, from, Math.min(used, from + length));
    },
    close: () => {
      files.closeSync(fd);
    },
  };
}
