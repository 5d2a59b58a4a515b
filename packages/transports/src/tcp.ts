import { connect } from "node:net";
import { type Transport } from "@clawmetry/siem-core";
import { addressChoice } from "./address-choice.ts";
import { openSocket, setUpSocket } from "./open-socket.ts";
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
  const { host, port } = settings.endpoint;
  return streamTransport(settings, async (signal) => {
    const socket = connect(addressChoice(settings));
    await openSocket(socket, settings, signal, { event: "connect" });
    setUpSocket(socket, settings);
    const reset = (): void => {
      socket.resetAndDestroy();
    };
    return { socket, peer: { address: socket.remoteAddress ?? host, port }, reset };
  });
}
