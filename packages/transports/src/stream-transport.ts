import { type Transport, TransportError } from "@clawmetry/siem-core";
import { createBatchBuffer } from "./batch-buffer.ts";
import { createBreakListeners } from "./break-listeners.ts";
import { countDelivered } from "./count-delivered.ts";
import { createTurns } from "./create-turns.ts";
import { startDeadline } from "./deadline.ts";
import { keepConnection } from "./keep-connection.ts";
import { abortedFailure, closedFailure, withDelivered } from "./send-failure.ts";
import { type OpenedStream, type StreamConnection } from "./stream-connection.ts";
import { type StreamSettings } from "./stream-options.ts";

const PIECE_BYTES = 65_536;

/**
 * Sends batches over one connection, which `open` makes on the first send, again after a break, and for one that became too
 * old. A batch is framed into one buffer and written in pieces, each when the kernel has taken the one before. `open` must
 * obey its signal and reject with `TransportError`.
 */
export function streamTransport(
  settings: StreamSettings,
  open: (signal: AbortSignal) => Promise<OpenedStream>,
): Transport {
  const { endpoint, framing, writeTimeoutMs } = settings;
  const breaks = createBreakListeners();
  const inTurn = createTurns();
  const buffer = createBatchBuffer(framing);
  const keeper = keepConnection(settings, open, breaks.tell);
  let closing: Promise<void> | undefined;

  async function write(target: StreamConnection, messages: readonly string[], signal: AbortSignal): Promise<void> {
    const bytes = buffer.fill(messages);
    let confirmed = 0;
    const deadline = startDeadline(writeTimeoutMs, signal, (reason) => {
      if (reason === "aborted") target.fail(abortedFailure(endpoint));
      else target.giveUp(stalledFailure());
    });
    try {
      while (confirmed < bytes.length) {
        if (closing !== undefined) throw closedFailure(endpoint);
        const piece = bytes.subarray(confirmed, confirmed + PIECE_BYTES);
        await target.write(piece);
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

  function requireOpen(signal: AbortSignal): void {
    if (closing !== undefined) throw closedFailure(endpoint);
    if (signal.aborted) throw abortedFailure(endpoint);
  }

  async function connect(signal: AbortSignal): Promise<StreamConnection> {
    requireOpen(signal);
    return keeper.take(signal).catch((cause: unknown) => {
      throw closing === undefined ? cause : closedFailure(endpoint);
    });
  }

  async function send(messages: readonly string[], signal: AbortSignal): Promise<void> {
    requireOpen(signal);
    if (messages.length > 0) await write(await connect(signal), messages, signal);
  }

  return {
    connect: (signal) =>
      inTurn(async () => {
        await connect(signal);
      }),
    send: (messages, signal) => inTurn(() => send(messages, signal)),
    close: () => (closing ??= keeper.close()),
    abandon: keeper.abandon,
    onBreak: breaks.add,
    get state() {
      return closing === undefined ? keeper.state : "closed";
    },
    get peer() {
      return keeper.current?.peer;
    },
    acknowledged: keeper.acknowledged,
    get unacknowledgedMs() {
      return keeper.unacknowledgedMs;
    },
  };
}
