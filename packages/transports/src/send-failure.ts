import { TransportError } from "@clawmetry/siem-core";
import { type Endpoint } from "./endpoint.ts";

/** The error of every send after `close`, and of the one that it cut short. */
export function closedFailure(endpoint: Endpoint, delivered = 0): TransportError {
  const message = `transport to ${endpoint.label} is closed`;
  return new TransportError(message, { code: "closed", retryable: false, delivered });
}

/** The error of a send whose signal was aborted. */
export function abortedFailure(endpoint: Endpoint, delivered = 0): TransportError {
  const message = `sending to ${endpoint.label} was aborted`;
  return new TransportError(message, { code: "timeout", retryable: true, delivered });
}

/** The same error, telling how much of a batch was handed over before it, and what of that was refused. */
export function withDelivered(
  failure: TransportError,
  delivered: number,
  refused: readonly number[] = [],
): TransportError {
  const { message, code, retryable, silentMs, cause } = failure;
  return new TransportError(message, { code, retryable, delivered, refused, silentMs, cause });
}

/** The same error, telling for how long the peer had acknowledged nothing before it. */
export function withSilence(failure: TransportError, silentMs: number): TransportError {
  const { message, code, retryable, delivered, refused, cause } = failure;
  return new TransportError(message, { code, retryable, delivered, refused, silentMs, cause });
}
