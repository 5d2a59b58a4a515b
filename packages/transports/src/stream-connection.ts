import { type Socket } from "node:net";
import { type PeerInfo, TransportError } from "@clawmetry/siem-core";
import { readCode } from "./read-code.ts";
import { withSilence } from "./send-failure.ts";
import { readSendQueue } from "./read-send-queue.ts";
import { type StreamSettings } from "./stream-options.ts";
import { adviseOnAlert, isAlert } from "./tls-alert.ts";
import { watchAcknowledgement } from "./watch-acknowledgement.ts";
import { writePiece } from "./write-piece.ts";

/** A connection that is ready for bytes. */
export interface OpenedStream<S extends Socket = Socket> {
  readonly socket: S;
  readonly peer: PeerInfo;
  /** Ends it with a TCP reset: what the kernel still holds is thrown away, and never arrives. */
  readonly reset: () => void;
  /** Takes leave of the peer before the end, and resolves when the FIN may follow. Safe to call twice; never rejects. */
  readonly leave?: () => Promise<void>;
}

/** A connection that is watched until it ends. */
export interface StreamConnection<O extends OpenedStream = OpenedStream> {
  readonly opened: O;
  readonly peer: PeerInfo;
  /** As `unacknowledgedMs` and `acknowledged` of a transport. */
  readonly unacknowledgedMs: number;
  readonly acknowledged: (signal: AbortSignal) => Promise<boolean>;
  /** Writes one piece and resolves when the kernel has taken all of it. Rejects when the connection ends first. */
  readonly write: (piece: Uint8Array) => Promise<void>;
  /** Ends it at once, for the reason given. Nothing happens when it has ended already. */
  readonly fail: (reason: TransportError) => void;
  /** The same for a peer that takes nothing, as `resetOnStall` has it. */
  readonly giveUp: (reason: TransportError) => void;
  /** Ends it at once because of an error of the socket, or a `TransportError`. Gives the reason for which it ended first. */
  readonly failWith: (cause: unknown) => TransportError;
  /**
   * Sends FIN after what was written, and waits for that of the peer, `limitMs` milliseconds at the most. A later call
   * can make the wait shorter.
   */
  readonly end: (limitMs: number) => Promise<void>;
  /** Ends it at once, without a word. */
  readonly destroy: () => void;
  /** As `end`, without keeping the process alive; from now on, the end of the peer is no failure. */
  readonly retire: (limitMs: number) => void;
}

/**
 * Watches a connection: `onEnd` is called once, in the moment in which an error, the end of the peer, or its silence for
 * `writeTimeoutMs` is noticed.
 */
export function watchStream<O extends OpenedStream>(
  opened: O,
  { endpoint, writeTimeoutMs, resetOnStall }: StreamSettings,
  onEnd: (failure: TransportError) => void,
): StreamConnection<O> {
  const { socket, peer, reset } = opened;
  let failure: TransportError | undefined;
  let retired = false;

  function fail(reason: TransportError): TransportError {
    if (failure !== undefined) return failure;
    failure = withSilence(reason, watch.unacknowledgedMs);
    socket.destroy();
    onEnd(failure);
    return failure;
  }
  // What such a peer takes later would come after what is sent again.
  function giveUp(reason: TransportError): void {
    if (failure !== undefined) return;
    if (resetOnStall && watch.silentMs > 0) reset();
    fail(reason);
  }
  function failWith(cause: unknown): TransportError {
    if (cause instanceof TransportError) return fail(cause);
    const reason = readCode(cause);
    const advice = adviseOnAlert(reason);
    const message = `connection to ${endpoint.label} broke (${reason})`;
    return fail(
      new TransportError(advice === undefined ? message : `${message}: ${advice}`, {
        code: isAlert(reason) ? "refused" : "io",
        retryable: true,
        cause,
      }),
    );
  }
  const ended = (): void => {
    if (retired) return;
    fail(new TransportError(`connection to ${endpoint.label} was closed by the peer`, { code: "io", retryable: true }));
  };
  const watch = watchAcknowledgement({
    limitMs: writeTimeoutMs,
    readQueue: () => readSendQueue(socket),
    onSilence: () => {
      if (socket.writableLength > 0) return; // a write is under way, and has a limit of its own
      const message = `${endpoint.label} acknowledged nothing for ${writeTimeoutMs} ms`;
      giveUp(new TransportError(message, { code: "timeout", retryable: true }));
    },
  });
  socket.once("error", failWith).once("end", ended).once("close", ended).once("close", watch.stop);
  if (socket.closed || socket.readableEnded) process.nextTick(ended); // it ended before anyone watched

  return {
    opened,
    peer,
    get unacknowledgedMs() {
      return watch.unacknowledgedMs;
    },
    write: async (piece) => {
      watch.handed(piece.length);
      await writePiece(socket, piece);
      watch.taken(piece.length);
    },
    acknowledged: watch.drained,
    fail,
    giveUp,
    failWith,
    end: (limitMs) => {
      socket.ref(); // who awaits a close must not see the process end first
      return endSocket(opened, limitMs);
    },
    destroy: () => {
      socket.destroy();
    },
    retire: (limitMs) => {
      retired = true;
      void endSocket(opened, limitMs);
    },
  };
}

function endSocket({ socket, leave }: OpenedStream, limitMs: number): Promise<void> {
  if (socket.closed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.destroy(), limitMs).unref();
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    if (leave === undefined) socket.end();
    else void leave().then(() => socket.end());
  });
}
