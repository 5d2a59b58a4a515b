import { type Transport } from "@clawmetry/siem-core";
import { relpTlsTransport, relpTransport } from "@clawmetry/siem-transports/relp";
import { tcpTransport } from "@clawmetry/siem-transports/tcp";
import { tlsTransport } from "@clawmetry/siem-transports/tls";
import { udpTransport } from "@clawmetry/siem-transports/udp";
import { type ResolvedTarget } from "./resolve-siem-config.ts";

// Of which a quarter holds what may be sent again: as much as the kernel holds for a peer that takes nothing.
const MIN_QUEUE_BYTES = 16 * 1024 * 1024;

/** Time limits of connections, where they are not those of `siem-transports`. */
export interface StreamLimits {
  readonly connectTimeoutMs?: number;
  readonly writeTimeoutMs?: number;
  /** Of RELP alone. */
  readonly answerTimeoutMs?: number;
}

/** Makes the transport of a target. Connects when there is something to send. */
export function siemTransport(target: ResolvedTarget, limits: StreamLimits = {}): Transport {
  const { protocol, host, port, framing, reconnectAfterMs, replayWindowMs, queueBytes, tls } = target;
  if (protocol === "udp") return udpTransport({ host, port });
  const relp = { ...limits, host, port, reconnectAfterMs, ...withoutUnset({ window: target.relpWindow }) };
  if (protocol === "relp") return relpTransport(relp);
  if (protocol === "relp-tls") return relpTlsTransport({ ...relp, tls: withoutUnset(tls) });
  const resetOnStall = replayWindowMs > 0 && queueBytes >= MIN_QUEUE_BYTES;
  const stream = { ...limits, host, port, framing, reconnectAfterMs, resetOnStall };
  if (protocol === "tcp") return tcpTransport(stream);
  return tlsTransport({ ...stream, tls: withoutUnset(tls) });
}

// The transports tell a field that is undefined from one that is missing.
function withoutUnset<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
