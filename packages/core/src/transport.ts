import { type TransportError } from "./errors.ts";

/** What a transport is doing. `idle`: nothing was sent yet, or the connection ended and no send has asked for another. */
export type TransportState = "idle" | "connecting" | "connected" | "closed";

/** Who is at the other end of the present connection. */
export interface PeerInfo {
  /** The IP address that was reached. */
  readonly address: string;
  readonly port: number;
  /** TLS version, such as `TLSv1.3`. Absent on UDP and TCP. */
  readonly tlsVersion?: string;
  /** End of the validity of the peer's certificate, in milliseconds since 1970. Absent on UDP and TCP. */
  readonly certValidToMs?: number;
}

/**
 * Carries messages to one destination. A transport owns a connection, never a queue: it connects on the first send and
 * again after a failure, frames the messages itself, and runs one send at a time.
 */
export interface Transport {
  /**
   * Connects without sending, and resolves once the connection has proven itself; at once when there is one. Rejects like
   * `send`. Optional: without it, only a send shows whether a destination is back.
   */
  readonly connect?: (signal: AbortSignal) => Promise<void>;
  /**
   * Whether the receiver answers every message. `send` then resolves when all are acknowledged, `delivered` counts those that
   * were answered, and a break loses nothing of them: no replay window is kept. Default: it does not.
   */
  readonly confirms?: true;
  /**
   * Resolves when every message was handed to the kernel. Rejects with `TransportError`; `delivered` then tells how
   * many messages from the start were handed over. An aborted signal ends the wait and gives code `timeout`.
   */
  readonly send: (messages: readonly string[], signal: AbortSignal) => Promise<void>;
  /** Ends the connection, after what was written. Safe to call twice; every later send rejects with code `closed`. */
  readonly close: () => Promise<void>;
  /** Ends at once what a `close` still waits for, so that nothing holds the process any more. */
  readonly abandon?: () => void;
  /** Calls `listener` for every connection that broke, before the next connect. A close that was asked for is none. */
  readonly onBreak: (listener: (error: TransportError) => void) => void;
  readonly state: TransportState;
  /** Present while connected. */
  readonly peer?: PeerInfo | undefined;
  /**
   * How long ago, in milliseconds, the oldest bytes may have been handed over that the peer has not acknowledged yet. 0 when
   * there are none, or when that is not known. Until they are acknowledged, the replay window holds what they may be.
   */
  readonly unacknowledgedMs?: number;
  /**
   * Resolves to true when the peer has acknowledged everything that was handed over, or when that cannot be told, and to
   * false when the signal aborts first. Looks once in any case, so that `unacknowledgedMs` is up to date. Never rejects.
   */
  readonly acknowledged?: (signal: AbortSignal) => Promise<boolean>;
}
