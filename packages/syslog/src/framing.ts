import { utf8Length } from "@clawmetry/siem-text";

/**
 * How a receiver tells messages apart: each ended by a line feed (RFC 6587 §3.4.2), each after its length (RFC 6587 §3.4.1),
 * or not at all, because a datagram is its own frame (RFC 5426).
 */
export type Framing = "newline" | "octet-counting" | "none";

const [DIGIT_0, DIGIT_9] = [0x30, 0x39];
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
  const text = framing === "newline" ? joinLines(messages) : joinFrames(messages, framing);
  if (into !== undefined && into.length >= text.length) {
    const { read, written } = encoder.encodeInto(text, into);
    if (read === text.length) return into.subarray(0, written);
  }
  const bytes = new Uint8Array(utf8Length(text));
  encoder.encodeInto(text, bytes);
  return bytes;
}

// One text for the whole batch: it is walked and encoded at once, which costs far less than message by message.
function joinLines(messages: readonly string[]): string {
  const lines = messages.filter((message) => message !== "").map(toLine);
  lines.push(""); // for the last line feed
  return lines.join("\n");
}

function toLine(message: string): string {
  const line = message.includes("\n") ? message.replaceAll("\n", " ") : message;
  const first = message.charCodeAt(0);
  return first >= DIGIT_0 && first <= DIGIT_9 ? ` ${line}` : line;
}

function joinFrames(messages: readonly string[], framing: Framing): string {
  if (framing === "none") return messages.join("");
  return messages.map((message) => (message === "" ? "" : `${utf8Length(message)} ${message}`)).join("");
}
