import { type TLSSocket } from "node:tls";
import { type Transport } from "@clawmetry/siem-core";
import { handshakeRefusal } from "./handshake-refusal.ts";
import { openTls } from "./open-tls.ts";
import { abortedFailure } from "./send-failure.ts";
import { resolveStreamOptions, type StreamSettings } from "./stream-options.ts";
import { streamTransport } from "./stream-transport.ts";
import { resolveTlsOptions, type TlsOptions } from "./tls-options.ts";
import { waitForSocket } from "./wait-for-socket.ts";

export type { Lookup } from "./lookup.ts";
export type { CaFiles } from "./ca-files.ts";
export { readCaFilesSync } from "./read-ca-files-sync.ts";
export { readCaFiles } from "./read-ca-files.ts";
export { readFingerprints } from "./read-fingerprints.ts";
export type { StreamFraming, StreamOptions } from "./stream-options.ts";
export type { TlsIdentityOptions, TlsOptions } from "./tls-options.ts";

/**
 * Sends syslog over TLS (RFC 5425). Certificate and host name of the server are always checked. Connects on the first
 * send and again after a failure. Throws `OptionError` for an option that cannot work.
 */
export function tlsTransport(options: TlsOptions): Transport {
  const settings = resolveStreamOptions(options, options.port ?? 6514);
  const identity = resolveTlsOptions(options);
  return streamTransport(settings, async (signal) => {
    const opened = await openTls(settings, identity, signal);
    await settle(opened.socket, settings, identity.settleMs, signal);
    return opened;
  });
}

/**
 * Over TLS 1.3 a server judges our certificate only after our side of the handshake is complete, and some do so on TLS 1.2
 * too: what was written by then would be lost without an error.
 */
async function settle(
  socket: TLSSocket,
  { endpoint }: StreamSettings,
  settleMs: number,
  signal: AbortSignal,
): Promise<void> {
  const accepted = socket.getProtocol() === "TLSv1.3" ? "session" : undefined;
  const outcome = await waitForSocket(socket, accepted, settleMs, signal).catch((cause: unknown) => {
    throw handshakeRefusal(endpoint, cause);
  });
  if (outcome === "event" || outcome === "limit") return;
  socket.destroy();
  throw outcome === "aborted" ? abortedFailure(endpoint) : handshakeRefusal(endpoint);
}
