import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";

/** A message as it is written down. */
export interface SpoolRecord {
  /** Its place among all records of a folder: a higher one was offered later. */
  readonly order: number;
  /** Its place among those of its severity that the same process wrote, from 0 without a gap. */
  readonly index: number;
  /** Sequence number of the exporter. */
  readonly number: number;
  /** When it was given to `send`, in milliseconds since 1970. */
  readonly atMs: number;
  /** Syslog severity, 0 to 7. */
  readonly severity: number;
  readonly text: string;
  readonly group: string | undefined;
}

/** All of a record but its texts, and where they are. */
export interface RecordHead extends Omit<SpoolRecord, "text" | "group"> {
  readonly textBytes: number;
  readonly groupBytes: number;
  readonly bodyCheck: number;
}

/** Bytes before the texts. All numbers are little-endian. */
export const HEAD_BYTES = 48;
/** Bytes of the texts of one record at most: a length beyond it is damage. */
export const MAX_BODY_BYTES: number = 4 * 1024 * 1024;
// A message holds no line break, and UTF-8 no 0x53 after 0xC5: no text of a message looks like the start of a record.
const MAGIC = Buffer.from([0x0a, 0xc5, 0x53, 0x01]);
const MAX_GROUP_BYTES = 0xffff;

const HEAD_CHECK = 4;
const BODY_CHECK = 8;
const TEXT_BYTES = 12;
const GROUP_BYTES = 16;
const SEVERITY = 18;
const INDEX = 20;
const ORDER = 24;
const NUMBER = 32;
const AT_MS = 40;

/** Bytes that a record with these texts takes. */
export function recordBytes(text: string, group: string | undefined): number {
  return HEAD_BYTES + Buffer.byteLength(text) + groupBytesOf(group);
}

/**
 * Writes a record to `target` from `offset` on, where `recordBytes` must fit, and gives its end. Head and texts have a CRC-32 each,
 * begun from `salt`: who writes events does not know it, so no text can pass for a record.
 */
export function encodeRecord(record: SpoolRecord, target: Buffer, offset: number, salt: number): number {
  const body = offset + HEAD_BYTES;
  const textBytes = target.write(record.text, body);
  const groupBytes = writeGroup(record.group, target, body + textBytes);
  const end = body + textBytes + groupBytes;
  MAGIC.copy(target, offset);
  target.writeUInt32LE(crc32(target.subarray(body, end), salt), offset + BODY_CHECK);
  target.writeUInt32LE(textBytes, offset + TEXT_BYTES);
  target.writeUInt16LE(groupBytes, offset + GROUP_BYTES);
  target.writeUInt16LE(record.severity, offset + SEVERITY);
  target.writeUInt32LE(record.index, offset + INDEX);
  target.writeDoubleLE(record.order, offset + ORDER);
  target.writeDoubleLE(record.number, offset + NUMBER);
  target.writeDoubleLE(record.atMs, offset + AT_MS);
  target.writeUInt32LE(headCheck(target, offset, salt), offset + HEAD_CHECK);
  return end;
}

/** Reads the head at `offset`, where `HEAD_BYTES` must be. Undefined when there is none, or a damaged one. */
export function readHead(bytes: Buffer, offset: number, salt: number): RecordHead | undefined {
  if (bytes.compare(MAGIC, 0, MAGIC.length, offset, offset + MAGIC.length) !== 0) return undefined;
  if (bytes.readUInt32LE(offset + HEAD_CHECK) !== headCheck(bytes, offset, salt)) return undefined;
  const head = {
    textBytes: bytes.readUInt32LE(offset + TEXT_BYTES),
    groupBytes: bytes.readUInt16LE(offset + GROUP_BYTES),
    bodyCheck: bytes.readUInt32LE(offset + BODY_CHECK),
    severity: bytes.readUInt16LE(offset + SEVERITY),
    index: bytes.readUInt32LE(offset + INDEX),
    order: bytes.readDoubleLE(offset + ORDER),
    number: bytes.readDoubleLE(offset + NUMBER),
    atMs: bytes.readDoubleLE(offset + AT_MS),
  };
  return isPossible(head) ? head : undefined;
}

/** Whether the texts after a head are those that were written. `offset` is where they start. */
export function isBodyWhole(bytes: Buffer, offset: number, head: RecordHead, salt: number): boolean {
  const end = offset + head.textBytes + head.groupBytes;
  return end <= bytes.length && crc32(bytes.subarray(offset, end), salt) === head.bodyCheck;
}

/** The record of a head and its texts, which start at `offset`. */
export function readBody(bytes: Buffer, offset: number, head: RecordHead): SpoolRecord {
  const { order, index, number, atMs, severity, textBytes, groupBytes } = head;
  const end = offset + textBytes;
  return {
    order,
    index,
    number,
    atMs,
    severity,
    text: bytes.toString("utf8", offset, end),
    group: groupBytes === 0 ? undefined : bytes.toString("utf8", end, end + groupBytes),
  };
}

/** Where the next record may start, from `offset` on. -1 when nowhere. */
export function findRecord(bytes: Buffer, offset: number): number {
  return bytes.indexOf(MAGIC, offset);
}

// The check was right, so only a file that somebody else made has others.
function isPossible({ textBytes, groupBytes, severity, order, number, atMs }: RecordHead): boolean {
  const numbers = [order, number, atMs].every((value) => Number.isFinite(value) && value >= 0);
  return numbers && textBytes + groupBytes <= MAX_BODY_BYTES && severity <= 7;
}

function headCheck(bytes: Buffer, offset: number, salt: number): number {
  return crc32(bytes.subarray(offset + BODY_CHECK, offset + HEAD_BYTES), salt);
}

// A longer one is left out: then a flood is charged to nobody.
function groupBytesOf(group: string | undefined): number {
  const bytes = group === undefined ? 0 : Buffer.byteLength(group);
  return bytes > MAX_GROUP_BYTES ? 0 : bytes;
}

function writeGroup(group: string | undefined, target: Buffer, offset: number): number {
  return group === undefined || groupBytesOf(group) === 0 ? 0 : target.write(group, offset);
}
