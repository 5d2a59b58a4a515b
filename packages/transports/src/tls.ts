import { connect as connectTcp, isIP, type Socket } from "node:net";
import { checkServerIdentity, connect, type SecureContext, type TLSSocket } from "node:tls";
import { type PeerInfo, type Transport, TransportError } from "@clawmetry/siem-core";
import { addressChoice } from "./address-choice.ts";
import { checkServer, readCertificate, trustsPinsAlone } from "./check-server.ts";
import { type Endpoint } from "./endpoint.ts";
import { openSocket, setUpSocket } from "./open-socket.ts";
import { readCode } from "./read-code.ts";
import { readCredentials } from "./read-credentials.ts";
import { abortedFailure } from "./send-failure.ts";
import { resolveStreamOptions, type StreamSettings } from "./stream-options.ts";
import { streamTransport } from "./stream-transport.ts";
import { isAlert } from "./tls-alert.ts";
import { tlsFailure } from "./tls-failure.ts";
import { resolveTlsOptions, type TlsOptions, type TlsSettings } from "./tls-options.ts";
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
    const secureContext = await readCredentials(identity, settings.endpoint);
    const startMs = performance.now();
    const carrier = connectTcp(addressChoice(settings));
    await openSocket(carrier, settings, signal, { event: "connect" });
    const socket = startHandshake(carrier, secureContext, identity);
    const limitMs = Math.max(1, settings.connectTimeoutMs - (performance.now() - startMs));
    await openSocket(socket, settings, signal, { event: "secureConnect", limitMs, toFailure: tlsFailure });
    setUpSocket(socket, settings);
    socket.disableRenegotiation(); // over TLS 1.2, the server could bring another certificate after the check
    const problem = checkServer(socket, identity);
    if (problem !== undefined) throw refuse(socket, settings, problem);
    await settle(socket, settings, identity.settleMs, signal);
    const reset = (): void => {
      carrier.resetAndDestroy(); // a TLS socket has no reset of its own
      socket.destroy();
    };
    return { socket, peer: describePeer(socket, settings), reset };
  });
}

function startHandshake(carrier: Socket, secureContext: SecureContext, identity: TlsSettings): TLSSocket {
  const { servername } = identity;
  return connect({
    socket: carrier,
    secureContext,
    ...(isIP(servername) === 0 ? { servername } : {}), // RFC 6066 §3: an address is no name for SNI
    checkServerIdentity: (_host, certificate) => checkServerIdentity(servername, certificate),
    rejectUnauthorized: !trustsPinsAlone(identity), // explicit, so that no environment variable can switch it off
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
    throw isAlert(readCode(cause)) ? tlsFailure(endpoint, cause) : refusedFailure(endpoint, readCode(cause));
  });
  if (outcome === "event" || outcome === "limit") return;
  socket.destroy();
  throw outcome === "aborted" ? abortedFailure(endpoint) : refusedFailure(endpoint, "end");
}

function refusedFailure(endpoint: Endpoint, reason: string): TransportError {
  const message = `cannot connect to ${endpoint.label} (${reason}): the server ended the connection right after the handshake`;
  const advice = "it may not accept the client certificate of tls.certFile, or want one";
  return new TransportError(`${message}; ${advice}`, { code: "refused", retryable: true });
}

function refuse(socket: TLSSocket, { endpoint }: StreamSettings, problem: Error): TransportError {
  socket.destroy();
  return tlsFailure(endpoint, problem);
}

function describePeer(socket: TLSSocket, { endpoint: { host, port } }: StreamSettings): PeerInfo {
  const certValidToMs = Date.parse(readCertificate(socket).valid_to ?? "");
  return {
    address: socket.remoteAddress ?? host,
    port,
    tlsVersion: socket.getProtocol() ?? "unknown",
    ...(Number.isNaN(certValidToMs) ? {} : { certValidToMs }),
  };
}
