import { checkServerIdentity, type PeerCertificate, type TLSSocket } from "node:tls";
import { type TlsSettings } from "./tls-options.ts";

/**
 * Whether the pin alone decides about the authority: only then does the handshake go on with a certificate that no
 * authority vouches for, and `checkServer` judges it before the first byte is written.
 */
export function trustsPinAlone({ caFile, fingerprint256 }: TlsSettings): boolean {
  return fingerprint256 !== undefined && caFile === undefined;
}

/**
 * Judges the certificate of a server after the handshake. Gives the code of a reason to refuse it, or nothing. A certificate that
 * signed itself is taken only for an equal pin, and only when nothing else is wrong with it: its name and its dates are
 * checked all the same.
 */
export function checkServer(socket: TLSSocket, settings: TlsSettings): string | undefined {
  const certificate = readCertificate(socket);
  const { fingerprint256: pin, servername } = settings;
  if (pin !== undefined && certificate.fingerprint256?.replaceAll(":", "") !== pin) {
    return "ERR_CERT_FINGERPRINT_MISMATCH";
  }
  if (socket.authorized) return undefined;
  const problem = String(socket.authorizationError); // declared as an error, but it is a code
  if (!trustsPinAlone(settings) || problem !== "DEPTH_ZERO_SELF_SIGNED_CERT") return problem;
  const misnamed = checkServerIdentity(servername, certificate as PeerCertificate);
  return misnamed === undefined ? undefined : "ERR_TLS_CERT_ALTNAME_INVALID";
}

/** The certificate of the peer, or an empty object when there is none or the socket is gone. */
export function readCertificate(socket: TLSSocket): Partial<PeerCertificate> {
  const certificate = socket.getPeerCertificate() as PeerCertificate | null; // declared without null
  return certificate ?? {};
}
