import { type Transport, TransportError } from "@clawmetry/siem-core";
import { frameBatch, maxFramedBytes } from "@clawmetry/siem-syslog";
import { connectedTransport } from "./connected-transport.ts";
import { countDelivered } from "./count-delivered.ts";
import { startDeadline } from "./deadline.ts";
import { createReusedBuffer } from "./reused-buffer.ts";
import { abortedFailure, closedFailure, withDelivered } from "./send-failure.ts";
import { type OpenedStream, type StreamConnection } from "./stream-connection.ts";
import { type StreamSettings } from "./stream-options.ts";
import { writeUtf8 } from "./write-utf8.ts";

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
  const buffer = createReusedBuffer();

  async function deliver(
    target: StreamConnection,
    messages: readonly string[],
    signal: AbortSignal,
    closing: () => boolean,
  ): Promise<void> {
    const bytes = frameBatch(messages, framing, buffer.take(maxFramedBytes(messages)), writeUtf8);
    let confirmed = 0;
    const deadline = startDeadline(writeTimeoutMs, signal, (reason) => {
      if (reason === "aborted") target.fail(abortedFailure(endpoint));
      else target.giveUp(stalledFailure());
    });
    try {
      while (confirmed < bytes.length) {
        if (closing()) throw closedFailure(endpoint);
        const piece = bytes.subarray(confirmed, confirmed + PIECE_BYTES);
        await target.write(piece);
        confirmed += piece.length;
        deadline.refresh();
      }
    } catch (cause) {
      buffer.abandon();
      const failure = closing() ? closedFailure(endpoint) : target.failWith(cause);
      throw withDelivered(failure, countDelivered(messages, framing, confirmed));
    } finally {
      deadline.clear();
    }
  }

  function stalledFailure(): TransportError {
    const message = `${endpoint.label} took no data for ${writeTimeoutMs} ms`;
    return new TransportError(message, { code: "timeout", retryable: true });
  }

  return connectedTransport(settings, { open, deliver });
}
