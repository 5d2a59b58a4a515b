import { Buffer } from "node:buffer";
import {
  findRecord,
  HEAD_BYTES,
  isBodyWhole,
  readBody,
  readHead,
  type RecordHead,
  type SpoolRecord,
} from "./record.ts";

/** Something that was found in a file of records. */
export interface Found {
  /** Absent for damage that hides even the head of a record. */
  readonly head?: RecordHead;
  /** Reads the texts. Absent for damage. */
  readonly read?: () => SpoolRecord;
}

/** Reads the records of a file in order, in pieces. */
export interface RecordReader {
  /** The next record or damage. Undefined at the end of what was written so far; later there may be more. */
  readonly next: () => Found | undefined;
  /** Where the next one starts. */
  readonly position: number;
}

/** What is read. */
export interface RecordSource {
  /** Reads up to `length` bytes at `position` to the start of `memory`, and gives how many there were. */
  readonly read: (memory: Buffer, length: number, position: number) => number;
  /** Bytes to read at most, at this moment. */
  readonly size: () => number;
  /** What the checks begin from. */
  readonly salt: number;
}

const PIECE_BYTES = 262_144;

/**
 * A reader at the start of a file. Holds one piece, or one record that is larger. Damage is passed over up to the next record whose
 * head is whole; a torn end is damage too. Throws what `read` throws.
 */
export function createRecordReader({ read, size, salt }: RecordSource): RecordReader {
  let piece: Buffer = Buffer.alloc(0);
  let pieceStart = 0;
  let offset = 0;

  // Makes `bytes` from `offset` on readable, where there are as many.
  function fill(bytes: number): boolean {
    if (offset + bytes <= pieceStart + piece.length) return true;
    const wanted = Math.min(Math.max(PIECE_BYTES, bytes), size() - offset);
    if (wanted < bytes) return false;
    const memory = Buffer.allocUnsafeSlow(wanted);
    const length = read(memory, wanted, offset);
    piece = memory.subarray(0, length);
    pieceStart = offset;
    return length >= bytes; // less when somebody else has cut the file
  }
  function headHere(): RecordHead | undefined {
    return fill(HEAD_BYTES) ? readHead(piece, offset - pieceStart, salt) : undefined;
  }
  // To the next head that is whole, or to the end.
  function skipDamage(): void {
    offset += 1;
    while (fill(HEAD_BYTES)) {
      const found = findRecord(piece, offset - pieceStart);
      // The end of the piece may be the start of one.
      offset = found === -1 ? Math.max(offset + 1, pieceStart + piece.length - HEAD_BYTES) : pieceStart + found;
      if (headHere() !== undefined) return;
      offset += 1;
    }
    offset = size();
  }
  function takeRecord(head: RecordHead): Found {
    const length = HEAD_BYTES + head.textBytes + head.groupBytes;
    if (!fill(length)) {
      skipDamage();
      return { head };
    }
    const body = offset - pieceStart + HEAD_BYTES;
    const bytes = piece;
    offset += length;
    return isBodyWhole(bytes, body, head, salt) ? { head, read: () => readBody(bytes, body, head) } : { head };
  }

  return {
    next: () => {
      if (offset >= size()) return undefined;
      const head = headHere();
      if (head !== undefined) return takeRecord(head);
      skipDamage();
      return {};
    },
    get position() {
      return offset;
    },
  };
}
