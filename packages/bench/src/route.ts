/** How messages travel: the protocol, and on streams the framing. */
export type Route = "tcp" | "tcp-octets" | "tls" | "udp";

/** Where a sender sends to. */
export interface Destination {
  readonly route: Route;
  readonly host: string;
  readonly port: number;
  /** PEM file of the authority of the receiver's certificate. Set for `tls`. */
  readonly caFile?: string;
  /** Set for RELP in place of the route: so many messages may wait for their acknowledgement. */
  readonly relpWindow?: number;
}
