/** How a record came. */
export type CollectorProtocol = "udp" | "tcp" | "tls";

/** One message as it came, without its framing. */
export interface ReceivedFrame {
  readonly transport: CollectorProtocol;
  /** IP address and port of the sender. */
  readonly from: string;
  readonly bytes: Uint8Array;
}

/** What is wrong with a sender, a connection or the collector itself. Holds nothing of what was sent. */
export interface CollectorFault {
  readonly transport: CollectorProtocol;
  readonly from: string;
  /**
   * `framing`: the stream was no syslog stream and was closed. `connection`: it broke, or both sides do not speak the
   * same TLS. `handshake`: the client ended the TLS handshake. `overrun`: a datagram was thrown away.
   */
  readonly kind: "framing" | "connection" | "handshake" | "overrun";
  readonly reason: string;
}

/** Who is told what a collector receives. */
export interface CollectorEvents {
  /** Nothing more is read from the same stream until the promise resolves. */
  readonly onFrame: (frame: ReceivedFrame) => Promise<void>;
  readonly onFault: (fault: CollectorFault) => void;
}

/**
 * Frees the port at once, and cuts the connections that senders have not ended `graceMs` milliseconds later (default 0): who
 * waits whether its last bytes were refused takes a cut for a refusal. Safe to call twice.
 */
export type CloseCollector = (options?: { readonly graceMs?: number }) => Promise<void>;

/** One server of a collector. */
export interface CollectorServer {
  readonly transport: CollectorProtocol;
  readonly host: string;
  /** The one that was chosen, when it was asked for as 0. */
  readonly port: number;
  /** As for a `Collector`. */
  readonly close: CloseCollector;
}
