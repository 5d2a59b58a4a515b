import { type TransportError } from "@clawmetry/siem-core";
import { frame } from "@clawmetry/siem-syslog";
import { type Endpoint } from "./endpoint.ts";
import { readCode } from "./read-code.ts";
import { abortedFailure, withDelivered } from "./send-failure.ts";
import { type UdpChannel } from "./udp-channel.ts";
import { tooLargeFailure, udpFailure } from "./udp-failure.ts";
import { untilAborted } from "./until-aborted.ts";

const MAX_IN_FLIGHT = 64;

/** The kernel is short of memory for a moment (send(2)). The socket and the way are as good as before. */
const SHORTAGES: ReadonlySet<string> = new Set(["ENOBUFS", "ENOMEM", "EAGAIN"]);

/** Where a batch of datagrams goes, and who is told when the channel is no good any more. */
export interface DatagramTarget {
  readonly endpoint: Endpoint;
  readonly channel: UdpChannel;
  readonly maxBytes: number;
  readonly fail: (cause: unknown) => TransportError;
}

/**
 * Sends one datagram per message, in order, at most 64 at a time in the hands of the kernel. Rejects with
 * `TransportError`: code `too_large` for a message above `maxBytes`, before the kernel sees it, and for one that the
 * kernel will not take; `io` while the kernel is short of memory. `delivered` is how many the kernel took before the first
 * that it did not; of those after it, some may have been sent.
 */
export async function sendDatagrams(
  messages: readonly string[],
  { endpoint, channel, maxBytes, fail }: DatagramTarget,
  signal: AbortSignal,
): Promise<void> {
  let delivered = 0;
  while (delivered < messages.length) {
    const datagrams = encodeFrom(messages, delivered, maxBytes);
    if (datagrams.length === 0) throw tooLargeFailure(endpoint, delivered, `the limit is ${maxBytes} bytes`);
    const sent = Promise.allSettled(datagrams.map((datagram) => channel.send(datagram)));
    const count = delivered;
    const results = await untilAborted(sent, signal, () => abortedFailure(endpoint, count));
    const failed = results.findIndex(({ status }) => status === "rejected");
    const failure = results[failed];
    delivered += failure === undefined ? datagrams.length : failed;
    if (failure?.status !== "rejected") continue;
    const reason = readCode(failure.reason);
    if (reason === "EMSGSIZE") throw tooLargeFailure(endpoint, delivered, reason);
    const problem = SHORTAGES.has(reason) ? udpFailure(endpoint, failure.reason) : fail(failure.reason);
    throw withDelivered(problem, delivered);
  }
}

// Stops before a message that is too large: those before it are sent first.
function encodeFrom(messages: readonly string[], start: number, maxBytes: number): readonly Uint8Array[] {
  const datagrams = messages.slice(start, start + MAX_IN_FLIGHT).map((message) => frame(message, "none"));
  const oversize = datagrams.findIndex((datagram) => datagram.length > maxBytes);
  return oversize === -1 ? datagrams : datagrams.slice(0, oversize);
}
