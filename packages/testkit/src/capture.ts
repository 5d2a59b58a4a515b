import { type Socket } from "node:net";

/** A receiver on loopback that remembers what arrives. */
export interface Capture {
  readonly host: string;
  /** The port that the system gave it. */
  readonly port: number;
  /** Every whole message so far, in the order of arrival. */
  readonly messages: readonly string[];
  /** Resolves as soon as `condition` holds. It is looked at after every arrival, connect and disconnect. */
  readonly waitFor: (condition: () => boolean) => Promise<void>;
  /** Cuts all connections and frees the port. Safe to call twice. */
  readonly close: () => Promise<void>;
}

/** A receiver of streams. */
export interface StreamCapture extends Capture {
  /** Every connection so far, the ended ones too. */
  readonly sockets: readonly Socket[];
  /** Ends the `count` oldest connections at once with a TCP reset. Default: all. */
  readonly reset: (count?: number) => void;
  /** Every byte so far, of all connections in the order of arrival. */
  readonly bytes: () => Buffer;
}

/** Options of the capture servers. */
export interface CaptureOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** Default: one that the system chooses. */
  readonly port?: number;
}

/** Options of the capture servers for streams. */
export interface StreamCaptureOptions extends CaptureOptions {
  /** Default true. When false, nothing is read until the test calls `resume()` on a socket. */
  readonly reading?: boolean;
  /** Called with every connection, to do harm to it. */
  readonly onConnection?: (socket: Socket) => void;
}
