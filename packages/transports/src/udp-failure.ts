import { TransportError } from "@clawmetry/siem-core";
import { type Endpoint } from "./endpoint.ts";
import { readCode } from "./read-code.ts";

/** The error for a failure of the kernel. Code `refused` when the host answered that nobody listens, `io` otherwise. */
export function udpFailure({ label }: Endpoint, cause: unknown): TransportError {
  const reason = readCode(cause);
  if (reason !== "ECONNREFUSED") {
    return new TransportError(`sending to ${label} failed (${reason})`, { code: "io", retryable: true, cause });
  }
  const message = `${label} refused a datagram (${reason}): nothing listens there`;
  return new TransportError(message, { code: "refused", retryable: true, cause });
}

/** The error for the message after the first `delivered`, which no datagram to this receiver can hold. */
export function tooLargeFailure({ label }: Endpoint, delivered: number, limit: string): TransportError {
  const message = `a message is too large for a datagram to ${label} (${limit})`;
  return new TransportError(message, { code: "too_large", retryable: false, delivered });
}
