import { type Socket } from "node:net";
import { TransportError } from "@clawmetry/siem-core";
import { connectFailure } from "./connect-failure.ts";
import { type Endpoint } from "./endpoint.ts";
import { type StreamSettings } from "./stream-options.ts";
import { waitForSocket } from "./wait-for-socket.ts";

/**
 * Waits until a new socket is ready, within `connectTimeoutMs`, and sets it up: no delay, keep-alive, data of the peer
 * thrown away, no process kept alive. Rejects with `TransportError` and destroys the socket otherwise; `toFailure` makes it
 * of an error of the socket.
 */
export async function openSocket(
  socket: Socket,
  event: "connect" | "secureConnect",
  settings: StreamSettings,
  signal: AbortSignal,
  toFailure: (endpoint: Endpoint, cause: unknown) => TransportError = connectFailure,
): Promise<void> {
  const { endpoint, connectTimeoutMs, keepAliveMs } = settings;
  socket.on("error", () => undefined); // whoever waits hears of it; without this, a late error would end the process
  try {
    const outcome = await waitForSocket(socket, event, connectTimeoutMs, signal);
    const stage = event === "secureConnect" && !socket.connecting ? "handshake" : "connect";
    if (outcome !== "event") throw unopened(settings, outcome, stage);
  } catch (cause) {
    socket.destroy();
    throw cause instanceof TransportError ? cause : toFailure(endpoint, cause);
  }
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
