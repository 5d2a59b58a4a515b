import { type Socket } from "node:net";
import { TransportError } from "@clawmetry/siem-core";
import { connectFailure } from "./connect-failure.ts";
import { type StreamSettings } from "./stream-options.ts";
import { waitForSocket } from "./wait-for-socket.ts";

/**
 * Waits until a new socket is ready, within `connectTimeoutMs`, and sets it up: no delay, keep-alive, data of the peer
 * thrown away, no process kept alive. Rejects with `TransportError` and destroys the socket otherwise.
 */
export async function openSocket(
  socket: Socket,
  event: "connect" | "secureConnect",
  settings: StreamSettings,
  signal: AbortSignal,
): Promise<void> {
  const { endpoint, connectTimeoutMs, keepAliveMs } = settings;
  socket.on("error", () => undefined); // whoever waits hears of it; without this, a late error would end the process
  try {
    const outcome = await waitForSocket(socket, event, connectTimeoutMs, signal);
    if (outcome !== "event") throw unopened(settings, outcome);
  } catch (cause) {
    socket.destroy();
    throw cause instanceof TransportError ? cause : connectFailure(endpoint, cause);
  }
  socket.setNoDelay(true).setKeepAlive(true, keepAliveMs).unref();
  socket.resume(); // the end of a connection is noticed only by reading
}

function unopened({ endpoint, connectTimeoutMs }: StreamSettings, outcome: string): TransportError {
  if (outcome === "ended") {
    const message = `cannot connect to ${endpoint.label}: the peer closed the connection before it was ready`;
    return new TransportError(message, { code: "connect", retryable: true });
  }
  const why = outcome === "limit" ? `no answer in ${connectTimeoutMs} ms` : "aborted";
  return new TransportError(`cannot connect to ${endpoint.label}: ${why}`, { code: "timeout", retryable: true });
}
