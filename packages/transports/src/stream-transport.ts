import { type Transport, TransportError } from "@clawmetry/siem-core";
import { createBatchBuffer } from "./batch-buffer.ts";
import { createBreakListeners } from "./break-listeners.ts";
import { countDelivered } from "./count-delivered.ts";
import { createTurns } from "./create-turns.ts";
import { startDeadline } from "./deadline.ts";
import { abortedFailure, closedFailure, withDelivered } from "./send-failure.ts";
import { type OpenedStream, type StreamConnection, watchStream } from "./stream-connection.ts";
import { type StreamSettings } from "./stream-options.ts";
import { writePiece } from "./write-piece.ts";

const PIECE_BYTES = 65_536;

/**
 * Sends batches over one connection, which `open` makes on the first send and again after a break. A batch is framed into
 * one buffer and written in pieces, each when the kernel has taken the one before. `open` must obey its signal and
 * reject with `TransportError`.
 */
export function streamTransport(
  settings: StreamSettings,
  open: (signal: AbortSignal) => Promise<OpenedStream>,
): Transport {
  const { endpoint, framing, writeTimeoutMs, closeTimeoutMs } = settings;
  const breaks = createBreakListeners();
  const inTurn = createTurns();
  const buffer = createBatchBuffer(framing);
  let connection: StreamConnection | undefined;
  let opening: AbortController | undefined;
  let closing: Promise<void> | undefined;

  async function connect(signal: AbortSignal): Promise<StreamConnection> {
    const attempt = new AbortController(); // close() aborts it too
    const abort = (): void => {
      attempt.abort();
    };
    opening = attempt;
    signal.addEventListener("abort", abort);
    try {
      const opened = await open(attempt.signal);
      if (attempt.signal.aborted) {
        opened.socket.destroy();
        throw abortedFailure(endpoint);
      }
      const made = watchStream(opened, endpoint, (failure) => {
        if (connection === made) connection = undefined;
        if (closing === undefined) breaks.tell(failure);
      });
      return (connection = made);
    } finally {
      signal.removeEventListener("abort", abort);
      opening = undefined;
    }
  }

  async function write(target: StreamConnection, messages: readonly string[], signal: AbortSignal): Promise<void> {
    const bytes = buffer.fill(messages);
    let confirmed = 0;
    const deadline = startDeadline(writeTimeoutMs, signal, (reason) => {
      target.fail(reason === "aborted" ? abortedFailure(endpoint) : stalledFailure());
    });
    try {
      while (confirmed < bytes.length) {
        if (closing !== undefined) throw closedFailure(endpoint);
        const piece = bytes.subarray(confirmed, confirmed + PIECE_BYTES);
        await writePiece(target.socket, piece);
        confirmed += piece.length;
        deadline.refresh();
      }
    } catch (cause) {
      buffer.abandon();
      const failure = closing === undefined ? target.failWith(cause) : closedFailure(endpoint);
      throw withDelivered(failure, countDelivered(messages, framing, confirmed));
    } finally {
      deadline.clear();
    }
  }

  function stalledFailure(): TransportError {
    const message = `${endpoint.label} took no data for ${writeTimeoutMs} ms`;
    return new TransportError(message, { code: "timeout", retryable: true });
  }

  async function send(messages: readonly string[], signal: AbortSignal): Promise<void> {
    if (closing !== undefined) throw closedFailure(endpoint);
    if (signal.aborted) throw abortedFailure(endpoint);
    if (messages.length === 0) return;
    const target = connection ?? (await connect(signal).catch(rethrow));
    await write(target, messages, signal);
  }

  function rethrow(cause: unknown): never {
    throw closing === undefined ? cause : closedFailure(endpoint);
  }

  async function shutDown(): Promise<void> {
    opening?.abort();
    await connection?.end(closeTimeoutMs);
  }

  return {
    send: (messages, signal) => inTurn(() => send(messages, signal)),
    close: () => (closing ??= shutDown()),
    onBreak: breaks.add,
    get state() {
      if (closing !== undefined) return "closed";
      if (connection !== undefined) return "connected";
      return opening === undefined ? "idle" : "connecting";
    },
    get peer() {
      return connection?.peer;
    },
  };
}
