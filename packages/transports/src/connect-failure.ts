import { TransportError } from "@clawmetry/siem-core";
import { type Endpoint } from "./endpoint.ts";
import { readCode } from "./read-code.ts";
import { isAlert } from "./tls-alert.ts";

/** What to do about a failure of the network, by the code that Node.js gives it. */
const ADVICE: Readonly<Record<string, string>> = {
  EAI_AGAIN: "DNS does not answer",
  ECONNREFUSED: "nothing listens there",
  EHOSTUNREACH: "no route leads there, or a firewall forbids it",
  ENETUNREACH: "no route leads there",
  ENOTFOUND: "the name is not known to DNS",
};

/**
 * The error for a connection that did not come about. Code `refused` when the peer sent a TLS alert, for example about
 * the client certificate, `connect` otherwise. Sending again may always succeed: what is wrong can be put right. `advice`
 * says what is wrong in more words; default: what the code means on a network.
 */
export function connectFailure(endpoint: Endpoint, cause: unknown, advice?: string): TransportError {
  const reason = readCode(cause);
  const words = advice ?? ADVICE[reason];
  const message = `cannot connect to ${endpoint.label} (${reason})`;
  return new TransportError(words === undefined ? message : `${message}: ${words}`, {
    code: isAlert(reason) ? "refused" : "connect",
    retryable: true,
    cause,
  });
}
