import { OptionError } from "@clawmetry/siem-core";
import { type Endpoint, resolveEndpoint } from "./endpoint.ts";
import { type Lookup } from "./lookup.ts";
import { requireMilliseconds } from "./require-milliseconds.ts";

/** How messages are told apart on a stream: RFC 6587 §3.4.2 or §3.4.1. */
export type StreamFraming = "newline" | "octet-counting";

/** What TCP and TLS have in common. */
export interface StreamOptions {
  /** Host name or IP address, looked up at every connect; every address it has is tried. */
  readonly host: string;
  /** How messages are told apart. Default `newline`. */
  readonly framing?: StreamFraming;
  /** Longest wait for a connection, in milliseconds: name, TCP and TLS together. Default 10 000. */
  readonly connectTimeoutMs?: number;
  /**
   * Longest time in milliseconds in which not one more piece (64 KiB) of a batch is taken, or, on Linux, in which the peer
   * acknowledges nothing of what was written. Default 15 000.
   */
  readonly writeTimeoutMs?: number;
  /** Idle time in milliseconds before TCP keep-alive asks whether the peer is still there. Default 30 000. */
  readonly keepAliveMs?: number;
  /**
   * Whether a peer that acknowledges nothing for `writeTimeoutMs` is left by a TCP reset, where its silence is known (Linux):
   * what the kernel still holds for it never arrives, neither late nor twice. For users who send that again. Default false:
   * it may still arrive.
   */
  readonly resetOnStall?: boolean;
  /** How long `close` waits for the peer to end its side, in milliseconds. Default 1000. */
  readonly closeTimeoutMs?: number;
  /**
   * Age in milliseconds at which a connection is replaced while messages flow, so that a name that moved or a balancer is
   * followed. The old one carries messages until the new one is ready. Default 0: never.
   */
  readonly reconnectAfterMs?: number;
  /** How the name becomes addresses. Default: the resolver of the system. */
  readonly lookup?: Lookup;
}

/** Stream options with the defaults filled in. */
export interface StreamSettings {
  readonly endpoint: Endpoint;
  readonly framing: StreamFraming;
  readonly connectTimeoutMs: number;
  readonly writeTimeoutMs: number;
  readonly keepAliveMs: number;
  readonly resetOnStall: boolean;
  readonly closeTimeoutMs: number;
  readonly reconnectAfterMs: number;
  readonly lookup: Lookup | undefined;
}

/** Fills in the defaults and throws `OptionError` for values that cannot work. */
export function resolveStreamOptions(options: StreamOptions, port: number): StreamSettings {
  const { framing = "newline", reconnectAfterMs = 0 } = options;
  if (!["newline", "octet-counting"].includes(framing)) {
    throw new OptionError("framing", '"newline" or "octet-counting"', framing);
  }
  if (!(reconnectAfterMs >= 0 && Number.isFinite(reconnectAfterMs))) {
    throw new OptionError("reconnectAfterMs", "a number of milliseconds, or 0 for never", reconnectAfterMs);
  }
  return {
    endpoint: resolveEndpoint(options.host, port),
    framing,
    connectTimeoutMs: requireMilliseconds("connectTimeoutMs", options.connectTimeoutMs ?? 10_000),
    writeTimeoutMs: requireMilliseconds("writeTimeoutMs", options.writeTimeoutMs ?? 15_000),
    keepAliveMs: requireMilliseconds("keepAliveMs", options.keepAliveMs ?? 30_000),
    resetOnStall: options.resetOnStall ?? false,
    closeTimeoutMs: requireMilliseconds("closeTimeoutMs", options.closeTimeoutMs ?? 1000),
    reconnectAfterMs,
    lookup: options.lookup,
  };
}
