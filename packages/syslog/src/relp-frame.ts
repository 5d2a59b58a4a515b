import { encodeUtf8, type WriteUtf8 } from "./write-utf8.ts";

/** One frame of RELP, the Reliable Event Logging Protocol, in either direction. */
export interface RelpFrame {
  /** 1–999999999, rising by one with every command of a session. An answer has that of its command; 0: a hint of the server. */
  readonly transaction: number;
  /** 1–32 ASCII letters: `open`, `syslog`, `close`, `rsp` or `serverclose`. */
  readonly command: string;
  readonly data: Uint8Array;
}

/** The highest transaction number; the one after it is 1. */
const MAX_RELP_TRANSACTION = 999_999_999;

/** The most bytes of data that the nine digits of a length can tell. */
export const MAX_RELP_DATA_BYTES = 999_999_999;

const LINE_FEED = 0x0a;
const MOST_BYTES_OF_A_UNIT = 3; // two units that stand for one character have four bytes
const MOST_HEADER_BYTES = 9 + 1 + 32 + 1 + 9 + 1; // and the line feed at the end
const MOST_FRAME_BYTES = MOST_HEADER_BYTES + 1;

/** A frame to write, with its data as text. */
export interface RelpCommand extends Omit<RelpFrame, "data"> {
  /** In UTF-8 on the wire; a lone surrogate as U+FFFD. May hold line feeds: the length tells where it ends. */
  readonly text: string;
}

/**
 * The bytes of one frame: `TXNR SP COMMAND SP DATALEN [SP DATA] LF` (specification of RELP, section "Syntax"). Without text
 * there is no space before the line feed. Throws `RangeError` for a transaction number or a command that RELP does not have.
 */
export function formatRelpFrame({ transaction, command, text }: RelpCommand): Uint8Array {
  if (!Number.isInteger(transaction) || transaction < 0 || transaction > MAX_RELP_TRANSACTION) {
    throw new RangeError(`transaction must be a whole number from 0 to ${MAX_RELP_TRANSACTION}`);
  }
  if (!/^[A-Za-z]{1,32}$/.test(command)) throw new RangeError("command must be 1 to 32 ASCII letters");
  const into = new Uint8Array(maxRelpBytes([text]));
  return into.slice(0, writeFrame({ transaction, command, text }, into, 0, encodeUtf8));
}

/**
 * The `syslog` frames of some messages in one buffer, the first with the number `transaction`, each other one with the next.
 * They are written to the start of `into`, which must have `maxRelpBytes(messages)`; the result is a view of that part. `write`:
 * for platforms that have a faster way than `TextEncoder`.
 */
export function frameRelpBatch(
  messages: readonly string[],
  transaction: number,
  into: Uint8Array,
  write: WriteUtf8 = encodeUtf8,
): Uint8Array {
  let end = 0;
  let next = transaction;
  for (const text of messages) {
    end = writeFrame({ transaction: next, command: "syslog", text }, into, end, write);
    next = nextRelpTransaction(next);
  }
  return into.subarray(0, end);
}

/** An upper bound of what `frameRelpBatch` gives: the length does not count the bytes. */
export function maxRelpBytes(messages: readonly string[]): number {
  return messages.reduce((total, { length }) => total + MOST_BYTES_OF_A_UNIT * length + MOST_FRAME_BYTES, 0);
}

/** The number after `transaction`. After 999999999 comes 1: 0 is for hints of the server. */
export function nextRelpTransaction(transaction: number): number {
  return transaction === MAX_RELP_TRANSACTION ? 1 : transaction + 1;
}

// The length comes first and is known last: the text is written where it belongs if it is ASCII, and moved if not.
function writeFrame(
  { transaction, command, text }: RelpCommand,
  into: Uint8Array,
  start: number,
  write: WriteUtf8,
): number {
  const head = `${transaction} ${command} `;
  const guess = start + head.length + String(text.length).length + 1;
  const size = write(text, into, guess);
  const header = size === 0 ? `${head}0` : `${head}${size} `;
  const body = start + header.length;
  if (body !== guess) into.copyWithin(body, guess, guess + size);
  write(header, into, start);
  into[body + size] = LINE_FEED;
  return body + size + 1;
}
