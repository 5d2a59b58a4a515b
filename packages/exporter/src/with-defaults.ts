import { defaultsFor, generalDefaults } from "./receiver-presets.ts";
import { type SiemSettings, type SiemTlsConfig } from "./siem-config.ts";

/** Settings with every default filled in that needs neither a host nor the system. */
export interface SettledConfig extends SiemSettings {
  readonly port: number;
  readonly protocol: NonNullable<SiemSettings["protocol"]>;
  readonly format: NonNullable<SiemSettings["format"]>;
  readonly facility: number;
  readonly appName: string;
  readonly syslog: NonNullable<SiemSettings["syslog"]>;
  readonly framing: NonNullable<SiemSettings["framing"]>;
  readonly cefNewlines: NonNullable<SiemSettings["cefNewlines"]>;
  readonly cefEquals: NonNullable<SiemSettings["cefEquals"]>;
  readonly content: NonNullable<SiemSettings["content"]>;
  readonly jsonData: NonNullable<SiemSettings["jsonData"]>;
  readonly heartbeatSeconds: number;
  readonly maxMessageBytes: number;
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
    protocol,
    format: config.format ?? preset.format,
    port: config.port ?? (protocol === "tcp-tls" ? 6514 : 514),
    facility: config.facility ?? 16,
    appName: config.appName ?? "clawmetry",
    syslog: config.syslog ?? preset.syslog,
    framing: config.framing ?? (datagrams ? "newline" : preset.framing),
    cefNewlines: config.cefNewlines ?? preset.cefNewlines,
    cefEquals: config.cefEquals ?? preset.cefEquals,
    content: config.content ?? defaultContent(config),
    jsonData: config.jsonData ?? "object",
    heartbeatSeconds: config.heartbeatSeconds ?? 300,
    maxMessageBytes: config.maxMessageBytes ?? (datagrams ? preset.maxDatagramBytes : preset.maxStreamBytes),
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

// As if no receiver was named: a preset that chooses JSON must not send what its user has not asked for.
function defaultContent({ format = generalDefaults.format }: SiemSettings): SettledConfig["content"] {
  return format === "json" ? "all" : "tools";
}
