import { defaultsFor, generalDefaults } from "./receiver-presets.ts";
import { type SiemSettings } from "./siem-config.ts";

/** The settings that decide how a line is written, with every default filled in. */
export interface LineSettings {
  readonly format: NonNullable<SiemSettings["format"]>;
  readonly facility: number;
  readonly appName: string;
  readonly syslog: NonNullable<SiemSettings["syslog"]>;
  readonly cefNewlines: NonNullable<SiemSettings["cefNewlines"]>;
  readonly cefEquals: NonNullable<SiemSettings["cefEquals"]>;
  readonly content: NonNullable<SiemSettings["content"]>;
  readonly jsonData: NonNullable<SiemSettings["jsonData"]>;
  readonly maxMessageBytes: number;
}

/**
 * Fills in the defaults of how a line is written, those of the receiver before the general ones. It copies nothing else, since
 * it may be called for every event. Checks nothing and does not change its argument.
 */
export function lineSettings(config: SiemSettings): LineSettings {
  const preset = defaultsFor(config.receiver);
  const mostBytes = (config.protocol ?? "udp") === "udp" ? preset.maxDatagramBytes : preset.maxStreamBytes;
  return {
    format: config.format ?? preset.format,
    facility: config.facility ?? 16,
    appName: config.appName ?? "clawmetry",
    syslog: config.syslog ?? preset.syslog,
    cefNewlines: config.cefNewlines ?? preset.cefNewlines,
    cefEquals: config.cefEquals ?? preset.cefEquals,
    content: config.content ?? defaultContent(config),
    jsonData: config.jsonData ?? "object",
    maxMessageBytes: config.maxMessageBytes ?? mostBytes,
  };
}

// As if no receiver was named: a preset that chooses JSON must not send what its user has not asked for.
function defaultContent({ format = generalDefaults.format }: SiemSettings): LineSettings["content"] {
  return format === "json" ? "all" : "tools";
}
