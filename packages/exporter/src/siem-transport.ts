import { type Transport } from "@clawmetry/siem-core";
import { tcpTransport } from "@clawmetry/siem-transports/tcp";
import { tlsTransport } from "@clawmetry/siem-transports/tls";
import { udpTransport } from "@clawmetry/siem-transports/udp";
import { type ResolvedTarget } from "./resolve-siem-config.ts";

/** Makes the transport of a target. Connects when there is something to send. */
export function siemTransport({ protocol, host, port, framing, reconnectAfterMs, tls }: ResolvedTarget): Transport {
  if (protocol === "udp") return udpTransport({ host, port });
  const stream = { host, port, framing, reconnectAfterMs };
  if (protocol === "tcp") return tcpTransport(stream);
  return tlsTransport({ ...stream, tls: withoutUnset(tls) });
}

// The transports tell a field that is undefined from one that is missing.
function withoutUnset<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as { [K in keyof T]: Exclude<T[K], undefined> };
}
