import { type SiemConfig, type SiemTlsConfig } from "./siem-config.ts";

/** Settings with every default filled in that needs neither a host nor the system. */
export interface SettledConfig extends Partial<SiemConfig> {
  readonly port: number;
  readonly protocol: NonNullable<SiemConfig["protocol"]>;
  readonly format: NonNullable<SiemConfig["format"]>;
  readonly facility: number;
  readonly appName: string;
  readonly syslog: NonNullable<SiemConfig["syslog"]>;
  readonly framing: NonNullable<SiemConfig["framing"]>;
  readonly content: NonNullable<SiemConfig["content"]>;
  readonly jsonData: NonNullable<SiemConfig["jsonData"]>;
  readonly heartbeatSeconds: number;
  readonly maxMessageBytes: number;
  readonly queueEvents: number;
  readonly queueBytes: number;
  readonly dropPolicy: NonNullable<SiemConfig["dropPolicy"]>;
  readonly tls: SiemTlsConfig;
}

/** Fills in the defaults, all but the name of the host. Checks nothing and does not change its argument. */
export function withDefaults(config: Partial<SiemConfig>): SettledConfig {
  const { protocol = "udp", format = "cef" } = config;
  return {
    ...config,
    protocol,
    format,
    port: config.port ?? (protocol === "tcp-tls" ? 6514 : 514),
    facility: config.facility ?? 16,
    appName: config.appName ?? "clawmetry",
    syslog: config.syslog ?? "rfc5424",
    framing: config.framing ?? "newline",
    content: config.content ?? (format === "json" ? "all" : "tools"),
    jsonData: config.jsonData ?? "object",
    heartbeatSeconds: config.heartbeatSeconds ?? 300,
    // rsyslog cuts at 8096 bytes; a datagram of 1400 is never fragmented.
    maxMessageBytes: config.maxMessageBytes ?? (protocol === "udp" ? 1400 : 8000),
    queueEvents: config.queueEvents ?? 10_000,
    queueBytes: config.queueBytes ?? 32 * 1024 * 1024,
    dropPolicy: config.dropPolicy ?? "least-severe",
    tls: config.tls ?? {},
  };
}
