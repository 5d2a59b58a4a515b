import { type Socket } from "node:net";
import { TransportError } from "@clawmetry/siem-core";
import { connectFailure } from "./connect-failure.ts";
import { type Endpoint } from "./endpoint.ts";
import { type StreamSettings } from "./stream-options.ts";
import { waitForSocket } from "./wait-for-socket.ts";

/** What a socket is waited for. */
export interface Opening {
  readonly event: "connect" | "secureConnect";
  /** In milliseconds. Default: `connectTimeoutMs`. */
  readonly limitMs?: number;
  /** Makes the failure of an error of the socket. Default: `connectFailure`. */
  readonly toFailure?: (endpoint: Endpoint, cause: unknown) => TransportError;
}

/** Waits until a new socket is ready. Rejects with `TransportError` and destroys the socket when it fails or takes too long. */
export async function openSocket(
  socket: Socket,
  settings: StreamSettings,
  signal: AbortSignal,
  { event, limitMs = settings.connectTimeoutMs, toFailure = connectFailure }: Opening,
): Promise<void> {
  socket.on("error", () => undefined); // whoever waits hears of it; without this, a late error would end the process
  try {
    const outcome = await waitForSocket(socket, event, limitMs, signal);
    if (outcome !== "event") throw unopened(settings, outcome, event === "secureConnect" ? "handshake" : "connect");
  } catch (cause) {
    socket.destroy();
    throw cause instanceof TransportError ? cause : toFailure(settings.endpoint, cause);
  }
}

/** Sets up a socket that is ready: no delay, keep-alive, data of the peer thrown away, no process kept alive. */
export function setUpSocket(socket: Socket, { keepAliveMs }: StreamSettings): void {
  socket.setNoDelay(true).setKeepAlive(true, keepAliveMs).unref();
  socket.resume(); // the end of a connection is noticed only by reading
}

function unopened(
  { endpoint, connectTimeoutMs }: StreamSettings,
  outcome: string,
  stage: "connect" | "handshake",
): TransportError {
  const hint = stage === "handshake" ? "; the port may not speak TLS" : "";
  if (outcome === "ended") {
    const message = `cannot connect to ${endpoint.label}: the peer closed the connection before it was ready${hint}`;
    return new TransportError(message, { code: "connect", retryable: true });
  }
  const silence = stage === "handshake" ? "no answer to the TLS handshake" : "no answer";
  const why = outcome === "limit" ? `${silence} in ${connectTimeoutMs} ms${hint}` : "aborted";
  return new TransportError(`cannot connect to ${endpoint.label}: ${why}`, { code: "timeout", retryable: true });
}
