import { connect as connectTcp, isIP, type Socket } from "node:net";
import { checkServerIdentity, connect, type SecureContext, type TLSSocket } from "node:tls";
import { type PeerInfo, type TransportError } from "@clawmetry/siem-core";
import { addressChoice } from "./address-choice.ts";
import { checkServer, readCertificate, trustsPinsAlone } from "./check-server.ts";
import { openSocket, setUpSocket } from "./open-socket.ts";
import { readCredentials } from "./read-credentials.ts";
import { type OpenedStream } from "./stream-connection.ts";
import { type StreamSettings } from "./stream-options.ts";
import { tlsFailure } from "./tls-failure.ts";
import { type TlsSettings } from "./tls-options.ts";

/**
 * Connects over TLS, and gives the connection once certificate and name of the server are checked. Whether the server accepts
 * ours is not known yet. Rejects with `TransportError`.
 */
export async function openTls(
  settings: StreamSettings,
  identity: TlsSettings,
  signal: AbortSignal,
): Promise<OpenedStream<TLSSocket>> {
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
  const reset = (): void => {
    carrier.resetAndDestroy(); // a TLS socket has no reset of its own
    socket.destroy();
  };
  return { socket, peer: describePeer(socket, settings), reset };
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
