import { type Socket } from "node:net";
import { type PeerInfo, TransportError } from "@clawmetry/siem-core";
import { isAlert } from "./connect-failure.ts";
import { type Endpoint } from "./endpoint.ts";
import { readCode } from "./read-code.ts";

/** A connection that is ready for bytes. */
export interface OpenedStream {
  readonly socket: Socket;
  readonly peer: PeerInfo;
}

/** A connection that is watched until it ends. */
export interface StreamConnection extends OpenedStream {
  /** Ends it at once, for the reason given. Nothing happens when it has ended already. */
  readonly fail: (reason: TransportError) => void;
  /** Ends it at once because of an error of the socket. Gives the reason for which it ended first. */
  readonly failWith: (cause: unknown) => TransportError;
  /** Sends FIN after what was written, and waits for that of the peer, `limitMs` milliseconds at the most. */
  readonly end: (limitMs: number) => Promise<void>;
}

/** Watches a connection: `onEnd` is called once, in the moment in which an error or the end of the peer is noticed. */
export function watchStream(
  { socket, peer }: OpenedStream,
  endpoint: Endpoint,
  onEnd: (failure: TransportError) => void,
): StreamConnection {
  let failure: TransportError | undefined;

  function fail(reason: TransportError): TransportError {
    if (failure !== undefined) return failure;
    failure = reason;
    socket.destroy();
    onEnd(reason);
    return reason;
  }
  function failWith(cause: unknown): TransportError {
    const reason = readCode(cause);
    const code = isAlert(reason) ? "refused" : "io";
    return fail(
      new TransportError(`connection to ${endpoint.label} broke (${reason})`, { code, retryable: true, cause }),
    );
  }
  const ended = (): void => {
    fail(new TransportError(`connection to ${endpoint.label} was closed by the peer`, { code: "io", retryable: true }));
  };
  socket.once("error", failWith).once("end", ended).once("close", ended);
  if (socket.closed || socket.readableEnded) process.nextTick(ended); // it ended before anyone watched

  return { socket, peer, fail, failWith, end: (limitMs) => endSocket(socket, limitMs) };
}

function endSocket(socket: Socket, limitMs: number): Promise<void> {
  if (socket.closed) return Promise.resolve();
  return new Promise((resolve) => {
    socket.ref(); // who awaits a close must not see the process end first
    const timer = setTimeout(() => socket.destroy(), limitMs);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    socket.end();
  });
}
