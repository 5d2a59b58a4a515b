import { encodeUtf8, type WriteUtf8 } from "./write-utf8.ts";

/**
 * How a receiver tells messages apart: each ended by a line feed (RFC 6587 §3.4.2), each after its length (RFC 6587 §3.4.1),
 * or not at all, because a datagram is its own frame (RFC 5426).
 */
export type Framing = "newline" | "octet-counting" | "none";

const [LINE_FEED, SPACE, DIGIT_0, DIGIT_9] = [0x0a, 0x20, 0x30, 0x39];
const MOST_BYTES_OF_A_UNIT = 3; // two units that stand for one character have four bytes
const MOST_DELIMITER_BYTES = 18; // the digits of the largest count, and a space

/**
 * The bytes of one message on the wire, in UTF-8 (a lone surrogate as U+FFFD). An empty message has no bytes under any
 * framing: RFC 6587 knows no length 0.
 *
 * One message is always one frame. Under `newline`, a line feed in the message becomes a space, and a message that begins
 * with a digit gets a space before it, since receivers take a digit for the length of an octet-counted frame. Lines of the
 * formatters need neither.
 */
export function frame(message: string, framing: Framing): Uint8Array {
  return frameBatch([message], framing);
}

/**
 * The bytes of a whole batch in one buffer: the frames of `frame`, one after the other. They are written to the start of
 * `into` when it is long enough, and the result is a view of that part; otherwise the result is a new buffer of exactly their
 * length. With `maxFramedBytes` in `into`, nothing is counted or copied. Under `none` nothing stands between two messages: one
 * message per call. `write`: for platforms that have a faster way than `TextEncoder`.
 */
export function frameBatch(
  messages: readonly string[],
  framing: Framing,
  into?: Uint8Array,
  write: WriteUtf8 = encodeUtf8,
): Uint8Array {
  const most = maxFramedBytes(messages);
  const target = into !== undefined && into.length >= most ? into : new Uint8Array(most);
  let end = 0;
  for (const message of messages) end = writeFrame(message, framing, target, end, write);
  const bytes = target.subarray(0, end);
  if (target === into) return bytes;
  if (into === undefined || into.length < end) return bytes.slice();
  into.set(bytes);
  return into.subarray(0, end);
}

/** An upper bound of what `frameBatch` gives under any framing: the length does not count the bytes. */
export function maxFramedBytes(messages: readonly string[]): number {
  return messages.reduce((total, { length }) => total + MOST_BYTES_OF_A_UNIT * length + MOST_DELIMITER_BYTES, 0);
}

function writeFrame(message: string, framing: Framing, into: Uint8Array, start: number, write: WriteUtf8): number {
  if (message === "") return start;
  if (framing === "newline") return writeLine(message, into, start, write);
  return framing === "none" ? start + write(message, into, start) : writeCounted(message, into, start, write);
}

function writeLine(message: string, into: Uint8Array, start: number, write: WriteUtf8): number {
  let end = start;
  const first = message.charCodeAt(0);
  if (first >= DIGIT_0 && first <= DIGIT_9) into[end++] = SPACE;
  end += write(message.includes("\n") ? message.replaceAll("\n", " ") : message, into, end);
  into[end] = LINE_FEED;
  return end + 1;
}

// The count comes first and is known last: the message is written where it belongs if it is ASCII, and moved if not.
function writeCounted(message: string, into: Uint8Array, start: number, write: WriteUtf8): number {
  const guess = start + String(message.length).length + 1;
  const size = write(message, into, guess);
  const count = `${size} `;
  const body = start + count.length;
  if (body !== guess) into.copyWithin(body, guess, guess + size);
  write(count, into, start);
  return body + size;
}
