import { type Effects, systemEffects } from "@clawmetry/siem-core";
import { tcpTransport } from "@clawmetry/siem-transports/tcp";
import { tlsTransport } from "@clawmetry/siem-transports/tls";
import {
  composeExporter,
  createSiemExporter,
  type OpenTransport,
  type SiemExporter,
} from "../src/create-siem-exporter.ts";
import { resolveSiemConfig } from "../src/resolve-siem-config.ts";
import { type SiemConfig } from "../src/siem-config.ts";
import { siemTransport } from "../src/siem-transport.ts";

/** What a test cannot wait for, or cannot do to the machine. */
export interface FaultLimits {
  /** Instead of 10 000. */
  readonly connectTimeoutMs?: number;
  /** Instead of 15 000. */
  readonly writeTimeoutMs?: number;
  /** Instead of the clocks of the system. */
  readonly effects?: Effects;
}

/** The exporter of a configuration as everybody gets it, or the same with other limits. */
export function faultExporter(config: SiemConfig, limits?: FaultLimits): SiemExporter {
  if (limits === undefined) return createSiemExporter(config);
  const { effects = systemEffects, ...timeouts } = limits;
  return composeExporter(resolveSiemConfig(config), openWith(timeouts), effects);
}

function openWith(timeouts: Omit<FaultLimits, "effects">): OpenTransport {
  return (target) => {
    const { protocol, host, port, framing, tls } = target;
    const stream = { host, port, framing, ...timeouts };
    if (protocol === "udp") return siemTransport(target);
    return protocol === "tcp" ? tcpTransport(stream) : tlsTransport({ ...stream, tls: { caFile: tls.caFile ?? "" } });
  };
}
