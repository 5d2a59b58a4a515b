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
  /** Instead of the transport of the configuration. */
  readonly open?: OpenTransport;
}

/** The exporter of a configuration as everybody gets it, or the same with other limits. */
export function faultExporter(config: SiemConfig, limits?: FaultLimits): SiemExporter {
  if (limits === undefined) return createSiemExporter(config);
  const { effects = systemEffects, open = openWith(limits) } = limits;
  return composeExporter(resolveSiemConfig(config), open, effects);
}

function openWith({ connectTimeoutMs = 10_000, writeTimeoutMs = 15_000 }: FaultLimits): OpenTransport {
  return (target) => {
    const { protocol, host, port, framing, tls } = target;
    const stream = { host, port, framing, connectTimeoutMs, writeTimeoutMs };
    if (protocol === "udp") return siemTransport(target);
    return protocol === "tcp" ? tcpTransport(stream) : tlsTransport({ ...stream, tls: { caFile: tls.caFile ?? "" } });
  };
}
