import { closeSync, existsSync, fstatSync, openSync, readSync, truncateSync } from "node:fs";
import { parseRecords, type ReceivedRecord } from "./received-record.ts";

const LF = 0x0a;

// Well below the longest string there can be.
const READ_AT_ONCE = 64 * 1024 * 1024;

/** The file that a receiver writes its records to. */
export interface RecordFile {
  readonly path: string;
  /**
   * Every record so far, oldest first. Reads only what was added since the last call, so that asking often stays cheap,
   * and keeps what it has read when the file is removed. Bytes that are not UTF-8 become U+FFFD: rsyslog passes them on.
   */
  readonly read: () => readonly ReceivedRecord[];
  /** Cuts off a last line without its end: a receiver that was killed wrote it halfway, and the next one would go on there. */
  readonly cutTornLine: () => void;
}

/** Follows the file at `path`, which need not exist yet. */
export function recordFile(path: string): RecordFile {
  const records: ReceivedRecord[] = [];
  let position = 0;
  return {
    path,
    read: () => {
      for (let end = existsSync(path) ? 1 : 0; end > 0; position += end) {
        const added = bytesFrom(path, position, READ_AT_ONCE);
        end = added.lastIndexOf(LF) + 1; // the receiver may be writing the last line
        for (const record of parseRecords(added.toString("utf8", 0, end))) records.push(record);
      }
      return records.slice();
    },
    cutTornLine: () => {
      if (existsSync(path)) truncateSync(path, bytesFrom(path, 0).lastIndexOf(LF) + 1);
    },
  };
}

function bytesFrom(path: string, position: number, atMost = Infinity): Buffer {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(Math.min(fstatSync(file).size - position, atMost));
    let length = 0;
    while (length < bytes.length) {
      const count = readSync(file, bytes, length, bytes.length - length, position + length);
      if (count === 0) break;
      length += count;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}
