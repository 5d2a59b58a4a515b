import { type Transport } from "@clawmetry/siem-core";
import { createBreakListeners } from "./break-listeners.ts";
import { createTurns } from "./create-turns.ts";
import { keepConnection } from "./keep-connection.ts";
import { abortedFailure, closedFailure } from "./send-failure.ts";
import { type OpenedStream, type StreamConnection } from "./stream-connection.ts";
import { type StreamSettings } from "./stream-options.ts";

/** What differs between transports over a connection. */
export interface ConnectedTransportParts<O extends OpenedStream> {
  /** Makes a connection. Must obey its signal and reject with `TransportError`. */
  readonly open: (signal: AbortSignal) => Promise<O>;
  /** Sends a batch of at least one message. Rejects with `TransportError`. `closing` tells whether `close` was called. */
  readonly deliver: (
    connection: StreamConnection<O>,
    messages: readonly string[],
    signal: AbortSignal,
    closing: () => boolean,
  ) => Promise<void>;
  /** As of a transport. */
  readonly confirms?: true;
}

/**
 * A transport over one connection, which is made on the first send, again after a break, and in place of one that became too
 * old. Connects and sends run one at a time.
 */
export function connectedTransport<O extends OpenedStream>(
  settings: StreamSettings,
  { open, deliver, confirms }: ConnectedTransportParts<O>,
): Transport {
  const { endpoint } = settings;
  const breaks = createBreakListeners();
  const inTurn = createTurns();
  const keeper = keepConnection(settings, open, breaks.tell);
  let closing: Promise<void> | undefined;

  function requireOpen(signal: AbortSignal): void {
    if (closing !== undefined) throw closedFailure(endpoint);
    if (signal.aborted) throw abortedFailure(endpoint);
  }

  async function connect(signal: AbortSignal): Promise<StreamConnection<O>> {
    requireOpen(signal);
    return keeper.take(signal).catch((cause: unknown) => {
      throw closing === undefined ? cause : closedFailure(endpoint);
    });
  }

  async function send(messages: readonly string[], signal: AbortSignal): Promise<void> {
    requireOpen(signal);
    if (messages.length > 0) await deliver(await connect(signal), messages, signal, () => closing !== undefined);
  }

  return {
    ...(confirms && { confirms }),
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
    // Where the receiver itself answers, what its kernel says tells nothing more.
    acknowledged: (signal) => (confirms ? Promise.resolve(true) : keeper.acknowledged(signal)),
    get unacknowledgedMs() {
      return confirms ? 0 : keeper.unacknowledgedMs;
    },
  };
}
