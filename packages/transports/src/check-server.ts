import { checkServerIdentity, type PeerCertificate, type TLSSocket } from "node:tls";
import { pinMismatch } from "./tls-failure.ts";
import { type TlsSettings } from "./tls-options.ts";

/**
 * Whether the pins alone decide about the authority: only then does the handshake go on with a certificate that no
 * authority vouches for, and `checkServer` judges it before the first byte is written.
 */
export function trustsPinsAlone({ caFile, pins }: TlsSettings): boolean {
  return pins !== undefined && caFile === undefined;
}

/**
 * Judges the certificate of a server after the handshake. Gives the reason to refuse it, with a code, or nothing. A
 * certificate that signed itself is taken only for an equal pin, and only when nothing else is wrong with it: its name and
 * its dates are checked all the same.
 */
export function checkServer(socket: TLSSocket, settings: TlsSettings): Error | undefined {
  const certificate = readCertificate(socket);
  const { fingerprint256 } = certificate;
  const { pins, servername } = settings;
  if (pins !== undefined && !pins.includes(fingerprint256?.replaceAll(":", "") ?? "")) {
    return pinMismatch(fingerprint256);
  }
  if (socket.authorized) return undefined;
  const problem = String(socket.authorizationError); // declared as an error, but it is a code
  if (!trustsPinsAlone(settings) || problem !== "DEPTH_ZERO_SELF_SIGNED_CERT") {
    return Object.assign(new Error(problem), { code: problem });
  }
  return checkServerIdentity(servername, certificate as PeerCertificate);
}

/** The certificate of the peer, or an empty object when there is none or the socket is gone. */
export function readCertificate(socket: TLSSocket): Partial<PeerCertificate> {
  const certificate = socket.getPeerCertificate() as PeerCertificate | null; // declared without null
  return certificate ?? {};
}
