import { type Effects, systemEffects } from "@clawmetry/siem-core";
import {
  composeExporter,
  createSiemExporter,
  type OpenTransport,
  type SiemExporter,
} from "../src/create-siem-exporter.ts";
import { resolveSiemConfig } from "../src/resolve-siem-config.ts";
import { type SiemConfig } from "../src/siem-config.ts";
import { siemTransport, type StreamLimits } from "../src/siem-transport.ts";

/** What a test cannot wait for, or cannot do to the machine. */
export interface FaultLimits extends StreamLimits {
  /** Instead of the clocks of the system. */
  readonly effects?: Effects;
  /** Instead of the transport of the configuration. */
  readonly open?: OpenTransport;
}

/** The exporter of a configuration as everybody gets it, or the same with other limits. */
export function faultExporter(config: SiemConfig, limits?: FaultLimits): SiemExporter {
  if (limits === undefined) return createSiemExporter(config);
  const { effects = systemEffects, open, ...streamLimits } = limits;
  const openLimited: OpenTransport = (target) => siemTransport(target, streamLimits);
  return composeExporter(resolveSiemConfig(config), open ?? openLimited, effects);
}
