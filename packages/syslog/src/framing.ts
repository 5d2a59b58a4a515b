import { utf8Length } from "@clawmetry/siem-text";

/**
 * How a receiver tells messages apart: each ended by a line feed (RFC 6587 §3.4.2), each after its length (RFC 6587 §3.4.1),
 * or not at all, because a datagram is its own frame (RFC 5426).
 */
export type Framing = "newline" | "octet-counting" | "none";

interface Framed {
  readonly text: string;
  /** Bytes of the text in UTF-8, counted before it was put together: a fresh concatenation is slow to walk. */
  readonly size: number;
}

const STARTS_WITH_DIGIT = /^[0-9]/;
const encoder = new TextEncoder();

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
 * length. Under `none` nothing stands between two messages: one message per call.
 */
export function frameBatch(messages: readonly string[], framing: Framing, into?: Uint8Array): Uint8Array {
  const frames = messages.map((message) => framed(message, framing));
  const total = frames.reduce((sum, { size }) => sum + size, 0);
  const target = into !== undefined && into.length >= total ? into.subarray(0, total) : new Uint8Array(total);
  let offset = 0;
  for (const { text, size } of frames) {
    encoder.encodeInto(text, target.subarray(offset));
    offset += size;
  }
  return target;
}

function framed(message: string, framing: Framing): Framed {
  if (message === "") return { text: "", size: 0 };
  if (framing === "newline") {
    const body = `${STARTS_WITH_DIGIT.test(message) ? " " : ""}${message.replaceAll("\n", " ")}`;
    return { text: `${body}\n`, size: utf8Length(body) + 1 };
  }
  const size = utf8Length(message);
  if (framing === "none") return { text: message, size };
  const count = `${size} `;
  return { text: count + message, size: count.length + size };
}
