import { type Transport } from "@clawmetry/siem-core";
import { openTcp } from "./open-tcp.ts";
import { resolveStreamOptions, type StreamOptions } from "./stream-options.ts";
import { streamTransport } from "./stream-transport.ts";

export type { Lookup } from "./lookup.ts";
export type { StreamFraming, StreamOptions } from "./stream-options.ts";

/** Options of `tcpTransport`. */
export interface TcpOptions extends StreamOptions {
  /** Default 514. */
  readonly port?: number;
}

/**
 * Sends syslog over TCP (RFC 6587), unencrypted. Connects on the first send and again after a failure. Throws
 * `OptionError` for an option that cannot work.
 */
export function tcpTransport(options: TcpOptions): Transport {
  const settings = resolveStreamOptions(options, options.port ?? 514);
  return streamTransport(settings, (signal) => openTcp(settings, signal));
}
