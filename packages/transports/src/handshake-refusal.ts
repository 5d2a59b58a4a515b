import { TransportError } from "@clawmetry/siem-core";
import { type Endpoint } from "./endpoint.ts";
import { readCode } from "./read-code.ts";
import { isAlert } from "./tls-alert.ts";
import { tlsFailure } from "./tls-failure.ts";

/**
 * The error for a connection that ended right after the TLS handshake: by an error of the socket, or without one. Then the
 * server has most likely judged our certificate (RFC 8446 §4.4.2.4 lets it do so late).
 */
export function handshakeRefusal(endpoint: Endpoint, cause?: unknown): TransportError {
  if (isAlert(readCode(cause))) return tlsFailure(endpoint, cause);
  const reason = cause === undefined ? "end" : readCode(cause);
  const message = `cannot connect to ${endpoint.label} (${reason}): the server ended the connection right after the handshake`;
  const advice = "it may not accept the client certificate of tls.certFile, or want one";
  return new TransportError(`${message}; ${advice}`, { code: "refused", retryable: true });
}
