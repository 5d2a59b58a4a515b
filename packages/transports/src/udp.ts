import { type Transport, type TransportError } from "@clawmetry/siem-core";
import { createBreakListeners } from "./break-listeners.ts";
import { connectFailure } from "./connect-failure.ts";
import { createTurns } from "./create-turns.ts";
import { openFirstAddress } from "./open-first-address.ts";
import { sendDatagrams } from "./send-datagrams.ts";
import { abortedFailure, closedFailure } from "./send-failure.ts";
import { type UdpChannel } from "./udp-channel.ts";
import { udpFailure } from "./udp-failure.ts";
import { resolveUdpOptions, type UdpOptions } from "./udp-options.ts";
import { untilAborted } from "./until-aborted.ts";

export type { Lookup } from "./lookup.ts";
export type { UdpOptions } from "./udp-options.ts";

/**
 * Sends each message as one datagram (RFC 5426), unencrypted and without any proof of arrival: only a port that nobody
 * listens on is told by the receiver's host. After each failure the name is looked up again and its next address taken.
 * Throws `OptionError` for an option that cannot work.
 */
export function udpTransport(options: UdpOptions): Transport {
  const { endpoint, maxDatagramBytes, lookupIntervalMs, lookup } = resolveUdpOptions(options);
  const breaks = createBreakListeners();
  const inTurn = createTurns();
  const stopped = new AbortController();
  let channel: UdpChannel | undefined;
  let opening: Promise<UdpChannel> | undefined;
  let closing: Promise<void> | undefined;
  let failures = 0;
  let lookedUpMs = 0;

  async function open(): Promise<UdpChannel> {
    try {
      lookedUpMs = performance.now();
      const opened = await openFirstAddress(await lookup(endpoint.host), failures, endpoint.port, fail);
      if (stopped.signal.aborted) await opened.close();
      else channel = opened;
      return opened;
    } catch (cause) {
      throw connectFailure(endpoint, cause);
    } finally {
      opening = undefined;
    }
  }

  // A lookup that outlives its send goes on, for the next one.
  function awaitOpen(signal: AbortSignal): Promise<UdpChannel> {
    opening ??= open();
    const unlessClosed = untilAborted(opening, stopped.signal, () => closedFailure(endpoint));
    return untilAborted(unlessClosed, signal, () => abortedFailure(endpoint));
  }

  function fail(broken: UdpChannel, cause: unknown): TransportError {
    const failure = udpFailure(endpoint, cause);
    if (channel !== broken) return failure;
    channel = undefined;
    failures += 1;
    void broken.close();
    breaks.tell(failure);
    return failure;
  }

  // Beside the sends, which must not wait for DNS while they have an address.
  async function followName(current: UdpChannel): Promise<void> {
    if (performance.now() - lookedUpMs < lookupIntervalMs) return;
    lookedUpMs = performance.now();
    try {
      const addresses = await lookup(endpoint.host);
      if (addresses.some(({ address }) => address === current.peer.address)) return;
    } catch {
      return; // the old address is the best there is, until DNS answers again
    }
    await inTurn(async () => {
      if (channel !== current) return;
      channel = undefined;
      await current.close();
    });
  }

  function requireOpen(signal: AbortSignal): void {
    if (stopped.signal.aborted) throw closedFailure(endpoint);
    if (signal.aborted) throw abortedFailure(endpoint);
  }

  async function connect(signal: AbortSignal): Promise<UdpChannel> {
    requireOpen(signal);
    return channel ?? awaitOpen(signal);
  }

  async function send(messages: readonly string[], signal: AbortSignal): Promise<void> {
    requireOpen(signal);
    if (messages.length === 0) return;
    const current = await connect(signal);
    void followName(current);
    const maxBytes = Math.min(maxDatagramBytes, current.maxBytes);
    await sendDatagrams(
      messages,
      { endpoint, channel: current, maxBytes, fail: (cause) => fail(current, cause) },
      signal,
    );
  }

  async function shutDown(): Promise<void> {
    stopped.abort();
    await inTurn(async () => channel?.close());
    channel = undefined;
  }

  return {
    connect: (signal) =>
      inTurn(async () => {
        await connect(signal);
      }),
    send: (messages, signal) => inTurn(() => send(messages, signal)),
    close: () => (closing ??= shutDown()),
    onBreak: breaks.add,
    get state() {
      if (closing !== undefined) return "closed";
      if (channel !== undefined) return "connected";
      return opening === undefined ? "idle" : "connecting";
    },
    get peer() {
      return channel?.peer;
    },
  };
}
