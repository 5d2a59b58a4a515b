import { lineSettings, type LineSettings } from "./line-settings.ts";
import { defaultsFor } from "./receiver-presets.ts";
import { type SiemSettings, type SiemTlsConfig } from "./siem-config.ts";

/** Settings with every default filled in that needs neither a host nor the system. */
export interface SettledConfig extends Omit<SiemSettings, keyof LineSettings>, LineSettings {
  readonly port: number;
  readonly protocol: NonNullable<SiemSettings["protocol"]>;
  readonly framing: NonNullable<SiemSettings["framing"]>;
  readonly heartbeatSeconds: number;
  readonly queueEvents: number;
  readonly queueBytes: number;
  readonly dropPolicy: NonNullable<SiemSettings["dropPolicy"]>;
  readonly sessionShare: number;
  readonly replayWindowMs: number;
  readonly reconnectAfterMs: number;
  readonly tls: SiemTlsConfig;
}

/**
 * Fills in the defaults, those of the receiver before the general ones, all but the name of the host. Checks nothing and does
 * not change its argument.
 */
export function withDefaults<T extends SiemSettings>(config: T): T & SettledConfig {
  const { protocol = "udp" } = config;
  const preset = defaultsFor(config.receiver);
  const datagrams = protocol === "udp";
  return {
    ...config,
    ...lineSettings(config),
    protocol,
    port: config.port ?? (protocol === "tcp-tls" ? 6514 : 514),
    framing: config.framing ?? (datagrams ? "newline" : preset.framing),
    heartbeatSeconds: config.heartbeatSeconds ?? 300,
    queueEvents: config.queueEvents ?? 10_000,
    queueBytes: config.queueBytes ?? 32 * 1024 * 1024,
    dropPolicy: config.dropPolicy ?? "least-severe",
    sessionShare: config.sessionShare ?? 0.5,
    // What a collector that went away was handed shortly before may not have been read. A datagram has no connection.
    replayWindowMs: config.replayWindowMs ?? (datagrams ? 0 : 2000),
    reconnectAfterMs: config.reconnectAfterMs ?? 0,
    tls: config.tls ?? {},
  };
}
