import { TransportError } from "@clawmetry/siem-core";
import { type Endpoint } from "../endpoint.ts";
import { printableAscii } from "../printable-ascii.ts";

const MAX_SHOWN = 60;
const TLS_ALERT = 0x15;
const PORT_ADVICE = "set the port of the collector's RELP input (imrelp), or another protocol";

/** The error for a server that answered our offers with something else than RELP. `heard`: its first bytes. */
export function notRelpFailure(endpoint: Endpoint, heard: Uint8Array, cause?: unknown): TransportError {
  const advice = heard[0] === TLS_ALERT ? "the port speaks TLS: use relp-tls" : PORT_ADVICE;
  const shown = printableAscii(Buffer.from(heard).toString("latin1").trimEnd(), MAX_SHOWN);
  return openingFailure(endpoint, "connect", `the port does not speak RELP, it said "${shown}"; ${advice}`, cause);
}

/** The error for a session that did not come about. */
export function openingFailure(
  { label }: Endpoint,
  code: "connect" | "refused" | "timeout",
  reason: string,
  cause?: unknown,
): TransportError {
  return new TransportError(`cannot open a RELP session with ${label}: ${reason}`, { code, retryable: true, cause });
}

/** The error for a server that broke the rules of a session. By now, what it says may hold events: nothing of it is told. */
export function sessionFailure({ label }: Endpoint, fault: string, cause?: unknown): TransportError {
  return new TransportError(`RELP session with ${label} ended: ${fault}`, { code: "io", retryable: true, cause });
}

/** The error for messages that the server refused, all others of the batch being acknowledged. */
export function refusedFailure(
  { label }: Endpoint,
  count: number,
  refused: readonly number[],
  code: number | undefined,
): TransportError {
  const message = `${label} refused ${refused.length} of ${count} messages (RELP code ${code ?? "unknown"})`;
  return new TransportError(message, { code: "refused", retryable: false, delivered: count, refused });
}
