import { utf8Length } from "@clawmetry/siem-text";

/**
 * How a receiver tells messages apart: each ended by a line feed (RFC 6587 §3.4.2), each after its length (RFC 6587 §3.4.1),
 * or not at all, because a datagram is its own frame (RFC 5426).
 */
export type Framing = "newline" | "octet-counting" | "none";

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
  return encoder.encode(framed(message, framing));
}

/**
 * The bytes of a whole batch in one buffer: the frames of `frame`, one after the other. They are written to the start of
 * `into` when it is long enough, and the result is a view of that part; otherwise the result is a new buffer of exactly their
 * length. Under `none` nothing stands between two messages: one message per call.
 */
export function frameBatch(messages: readonly string[], framing: Framing, into?: Uint8Array): Uint8Array {
  const frames = messages.map((message) => framed(message, framing));
  const size = frames.reduce((sum, text) => sum + utf8Length(text), 0);
  const target = into !== undefined && into.length >= size ? into.subarray(0, size) : new Uint8Array(size);
  let offset = 0;
  for (const text of frames) offset += encoder.encodeInto(text, target.subarray(offset)).written;
  return target;
}

function framed(message: string, framing: Framing): string {
  if (message === "") return "";
  switch (framing) {
    case "newline":
      return `${STARTS_WITH_DIGIT.test(message) ? " " : ""}${message.replaceAll("\n", " ")}\n`;
    case "octet-counting":
      return `${utf8Length(message)} ${message}`;
    case "none":
      return message;
  }
}
