import { TransportError } from "@clawmetry/siem-core";
import { type Endpoint } from "./endpoint.ts";
import { readCode } from "./read-code.ts";

const UNTRUSTED = "set tls.caFile to the certificate of the authority that signed the server's";

/** What to do about a failure, by the code that Node.js or OpenSSL gives it. */
const ADVICE: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "the name is not known to DNS",
  CERT_HAS_EXPIRED: "the server needs a new certificate",
  CERT_NOT_YET_VALID: "check the clocks of both hosts",
  DEPTH_ZERO_SELF_SIGNED_CERT: "set tls.caFile to it, or tls.fingerprint256 to its fingerprint",
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is for another name; set tls.servername to a name it holds",
  ERR_CERT_FINGERPRINT_MISMATCH: "the certificate is not the one of tls.fingerprint256",
  ERR_SSL_WRONG_VERSION_NUMBER: "the port does not speak TLS",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "the port does not speak TLS",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "the server wants a client certificate; set tls.certFile and tls.keyFile",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: "the server does not trust the issuer of the client certificate",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "the server does not speak the TLS version of tls.minVersion",
};

/**
 * The error for a connection that did not come about. Code `refused` when the peer sent a TLS alert, for example about
 * the client certificate, `connect` otherwise. Sending again may always succeed: what is wrong can be put right.
 */
export function connectFailure(endpoint: Endpoint, cause: unknown): TransportError {
  const reason = readCode(cause);
  const advice = ADVICE[reason];
  const message = `cannot connect to ${endpoint.label} (${reason})`;
  return new TransportError(advice === undefined ? message : `${message}: ${advice}`, {
    code: isAlert(reason) ? "refused" : "connect",
    retryable: true,
    cause,
  });
}

/** Whether an OpenSSL code stands for an alert of the peer (RFC 8446 §6). */
export function isAlert(reason: string): boolean {
  return /^ERR_SSL_.*_ALERT_/.test(reason);
}
