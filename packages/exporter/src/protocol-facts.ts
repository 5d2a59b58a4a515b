import { type SiemSettings } from "./siem-config.ts";

/** What follows from the choice of a protocol. */
export interface ProtocolFacts {
  /** Before a host in names of targets: `tls://siem.example:6514`. */
  readonly scheme: string;
  readonly defaultPort: number;
  /** How messages travel: each as a datagram, framed on a stream, or in RELP, where each is answered. */
  readonly carriage: "datagram" | "stream" | "relp";
  readonly tls: boolean;
}

// RELP has no port of its own: 2514 is what the documentation of rsyslog uses.
const FACTS: Readonly<Record<NonNullable<SiemSettings["protocol"]>, ProtocolFacts>> = {
  udp: { scheme: "udp", defaultPort: 514, carriage: "datagram", tls: false },
  tcp: { scheme: "tcp", defaultPort: 514, carriage: "stream", tls: false },
  "tcp-tls": { scheme: "tls", defaultPort: 6514, carriage: "stream", tls: true },
  relp: { scheme: "relp", defaultPort: 2514, carriage: "relp", tls: false },
  "relp-tls": { scheme: "relp-tls", defaultPort: 2514, carriage: "relp", tls: true },
};

/** The facts of a protocol. A name that is none has those of `tcp`: whoever checks the name tells. */
export function protocolFacts(protocol: string): ProtocolFacts {
  const found = Object.entries(FACTS).find(([name]) => name === protocol);
  return found === undefined ? FACTS.tcp : found[1];
}
