import { lineSettings, type LineSettings } from "./line-settings.ts";
import { defaultsFor } from "./receiver-presets.ts";
import { protocolFacts } from "./protocol-facts.ts";
import { type SiemSettings, type SiemTlsConfig } from "./siem-config.ts";

/** Settings with every default filled in that needs neither a host nor the system. */
export interface SettledConfig extends Omit<SiemSettings, keyof LineSettings>, LineSettings {
  readonly port: number;
  readonly protocol: NonNullable<SiemSettings["protocol"]>;
  readonly framing: NonNullable<SiemSettings["framing"]>;
  readonly lifecycleEvents: NonNullable<SiemSettings["lifecycleEvents"]>;
  readonly heartbeatSeconds: number;
  readonly queueEvents: number;
  readonly queueBytes: number;
  readonly dropPolicy: NonNullable<SiemSettings["dropPolicy"]>;
  readonly sessionShare: number;
  readonly replayWindowMs: number;
  readonly reconnectAfterMs: number;
  /** Set with RELP only. */
  readonly relpWindow: number | undefined;
  readonly tls: SiemTlsConfig;
}

/**
 * Fills in the defaults, those of the receiver before the general ones, all but the name of the host. Checks nothing and does
 * not change its argument.
 */
export function withDefaults<T extends SiemSettings>(config: T): T & SettledConfig {
  const { protocol = "udp" } = config;
  const preset = defaultsFor(config.receiver);
  const { carriage, defaultPort } = protocolFacts(protocol);
  return {
    ...config,
    ...lineSettings(config),
    protocol,
    port: config.port ?? defaultPort,
    framing: config.framing ?? (carriage === "stream" ? preset.framing : "newline"),
    lifecycleEvents: config.lifecycleEvents ?? "off",
    heartbeatSeconds: config.heartbeatSeconds ?? 300,
    queueEvents: config.queueEvents ?? 10_000,
    queueBytes: config.queueBytes ?? 32 * 1024 * 1024,
    dropPolicy: config.dropPolicy ?? "least-severe",
    sessionShare: config.sessionShare ?? 0.5,
    // What a collector that went away was handed shortly before may not have been read. A datagram has no connection, and
    // RELP knows what was not acknowledged.
    replayWindowMs: config.replayWindowMs ?? (carriage === "stream" ? 2000 : 0),
    reconnectAfterMs: config.reconnectAfterMs ?? 0,
    relpWindow: config.relpWindow ?? (carriage === "relp" ? 128 : undefined),
    // Without a folder, there is nothing that they could be for.
    ...(config.spoolDir !== undefined && {
      spoolSync: config.spoolSync ?? "interval",
      spoolMaxBytes: config.spoolMaxBytes ?? 1024 ** 3,
    }),
    tls: config.tls ?? {},
  };
}
