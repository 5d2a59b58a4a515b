import { type Transport, TransportError } from "@clawmetry/siem-core";
import { connectedTransport } from "../connected-transport.ts";
import { startDeadline } from "../deadline.ts";
import { abortedFailure, closedFailure, withDelivered } from "../send-failure.ts";
import { type OpenedStream, type StreamConnection } from "../stream-connection.ts";
import { createNudge } from "./nudge.ts";
import { openRelpSession } from "./open-relp-session.ts";
import { refusedFailure } from "./relp-failure.ts";
import { type RelpSettings } from "./relp-options.ts";
import { type RelpSession, type RelpTransfer } from "./relp-session.ts";

/** How connections are made, and what their end before the answer to `open` means. */
export interface RelpCarrier {
  /** Must obey its signal and reject with `TransportError`. */
  readonly open: (signal: AbortSignal) => Promise<OpenedStream>;
  readonly toFailure: (cause?: unknown) => TransportError;
}

interface OpenedRelp extends OpenedStream {
  readonly session: RelpSession;
}

/** Sends batches over RELP sessions, one for each connection. A send resolves when the server has acknowledged every message. */
export function relpOverStream(settings: RelpSettings, { open, toFailure }: RelpCarrier): Transport {
  const { endpoint, answerTimeoutMs } = settings;

  async function openSession(signal: AbortSignal): Promise<OpenedRelp> {
    const opened = await open(signal);
    const session = await openRelpSession(opened.socket, { settings, signal, toFailure });
    return { ...opened, session, leave: session.leave };
  }

  async function deliver(
    target: StreamConnection<OpenedRelp>,
    messages: readonly string[],
    signal: AbortSignal,
    closing: () => boolean,
  ): Promise<void> {
    const { session, socket } = target.opened;
    const transfer = session.begin(messages);
    const deadline = startDeadline(answerTimeoutMs, signal, (reason) => {
      if (reason === "aborted") target.fail(abortedFailure(endpoint));
      else target.giveUp(silentFailure());
    });
    socket.ref(); // what was written is not sent until it is answered
    try {
      await carry(target, transfer, closing, deadline.refresh);
    } catch (cause) {
      const failure = closing() ? closedFailure(endpoint) : target.failWith(socket.errored ?? cause);
      throw withDelivered(failure, transfer.delivered, transfer.refused());
    } finally {
      deadline.clear();
      if (!closing()) socket.unref();
    }
    const refused = transfer.refused();
    if (refused.length > 0) throw refusedFailure(endpoint, messages.length, refused, transfer.refusalCode);
  }

  function silentFailure(): TransportError {
    const message = `${endpoint.label} answered no message for ${answerTimeoutMs} ms`;
    return new TransportError(message, { code: "timeout", retryable: true });
  }

  return connectedTransport(settings, { open: openSession, deliver, confirms: true });
}

async function carry(
  target: StreamConnection<OpenedRelp>,
  transfer: RelpTransfer,
  closing: () => boolean,
  onProgress: () => void,
): Promise<void> {
  const nudge = createNudge(() => {
    const byte = closing() ? undefined : transfer.nextByte();
    if (byte !== undefined) target.write(byte).catch(() => undefined); // whoever waits for answers hears of it
  });
  try {
    while (!transfer.complete) {
      const frames = closing() ? undefined : transfer.nextFrames();
      if (frames === undefined) {
        await transfer.nextAnswer();
        nudge.expect();
      } else {
        nudge.rest();
        await target.write(frames);
      }
      onProgress();
    }
  } finally {
    nudge.rest();
  }
}
