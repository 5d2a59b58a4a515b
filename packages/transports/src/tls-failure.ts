import { type TransportError } from "@clawmetry/siem-core";
import { connectFailure } from "./connect-failure.ts";
import { type Endpoint } from "./endpoint.ts";
import { printableAscii } from "./printable-ascii.ts";
import { readCode } from "./read-code.ts";
import { adviseOnAlert } from "./tls-alert.ts";

const TRUST = "set tls.caFile to the certificate of the authority that signed the server's";
const NO_TLS = "the port does not speak TLS; use the port that does, or a protocol without TLS";
const TOO_OLD = "the server speaks only versions of TLS below tls.minVersion; have it speak TLS 1.2 or 1.3";
const TOO_WEAK = "the server's certificate has a key or a signature that is too weak; it needs a new certificate";

/** What is wrong and what to do about it, by the code that Node.js or OpenSSL gives it. */
const ADVICE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED:
    "the server's certificate, or one of its authorities', has expired; renew it, or check the clocks of both hosts",
  CERT_NOT_YET_VALID:
    "the server's certificate, or one of its authorities', is not valid yet; check the clocks of both hosts",
  CERT_REVOKED: "the server's certificate was revoked; it needs a new one",
  CERT_SIGNATURE_FAILURE: `the signature of the server's certificate does not fit; ${TRUST}`,
  CERT_UNTRUSTED: `the server's authority is not trusted for this; ${TRUST}`,
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "the server's certificate signed itself; set tls.caFile to it, or tls.fingerprint256 to its fingerprint",
  INVALID_CA: "the server's certificate was signed by one that is no authority; it needs a new certificate",
  INVALID_PURPOSE: "the server's certificate is not meant for servers; it needs one for serverAuth",
  PATH_LENGTH_EXCEEDED: "an authority signed more than it may; the server needs a new certificate",
  SELF_SIGNED_CERT_IN_CHAIN: `the root of the server's chain is not trusted; ${TRUST}`,
  UNABLE_TO_GET_ISSUER_CERT: `the server's chain has a gap; ${TRUST}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `the issuer of the server's certificate is not trusted; ${TRUST}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `the issuer of the server's certificate is not trusted; ${TRUST}, or have the server send its whole chain`,
  ERR_SSL_DH_KEY_TOO_SMALL: "the server offers a key exchange that is too weak; change its settings",
  ERR_SSL_UNSUPPORTED_PROTOCOL: TOO_OLD,
  ERR_SSL_VERSION_TOO_LOW: TOO_OLD,
  ERR_SSL_WRONG_SIGNATURE_TYPE: TOO_WEAK,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  ERR_SSL_HTTP_REQUEST: NO_TLS,
  ERR_SSL_DATA_LENGTH_TOO_LONG: NO_TLS,
  ECONNRESET:
    "the server ended the handshake without a word; the port may not speak TLS, or the server may want a client certificate (tls.certFile) or not accept ours",
};

const PIN_MISMATCH = "ERR_CERT_FINGERPRINT_MISMATCH";

/** The error for a TLS connection that did not come about. Names the fault and what to do about it. */
export function tlsFailure(endpoint: Endpoint, cause: unknown): TransportError {
  return connectFailure(endpoint, cause, explain(cause));
}

/** The fault of a certificate that is none of those that were pinned. `fingerprint256` as Node.js gives it. */
export function pinMismatch(fingerprint256: string | undefined): Error {
  return Object.assign(new Error(PIN_MISMATCH), { code: PIN_MISMATCH, fingerprint256 });
}

function explain(cause: unknown): string | undefined {
  const code = readCode(cause);
  if (!(cause instanceof Error)) return undefined;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return explainName(cause);
  if (code === PIN_MISMATCH) return explainPin(cause);
  // Node.js has no code for a key that is too small: it gives UNSPECIFIED and the words of OpenSSL.
  if (/\btoo (?:weak|small)\b/.test(cause.message)) return ADVICE[code] ?? TOO_WEAK;
  return adviseOnAlert(code) ?? ADVICE[code];
}

// The names come from a server that is not trusted.
function explainName(fault: Error & { readonly host?: unknown; readonly cert?: unknown }): string {
  const certificate = Object(fault.cert) as { readonly subjectaltname?: unknown };
  const names = typeof certificate.subjectaltname === "string" ? certificate.subjectaltname : "no name";
  const asked = typeof fault.host === "string" ? fault.host : "another name";
  const held = printableAscii(names, 200);
  return `the certificate is for another name: asked for ${printableAscii(asked, 200)}, it holds ${held}; if that is your collector, set tls.servername to a name it holds`;
}

function explainPin({ fingerprint256 }: Error & { readonly fingerprint256?: unknown }): string {
  const shown = typeof fingerprint256 === "string" ? printableAscii(fingerprint256, 200) : "nothing";
  return `the server's certificate has the SHA-256 fingerprint ${shown}, which tls.fingerprint256 does not hold; add it if it is the server's own`;
}
