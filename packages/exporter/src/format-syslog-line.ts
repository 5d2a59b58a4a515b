import { type AgentEvent, describeEvent, type FormatOptions } from "@clawmetry/siem-events";
import { formatLine } from "./format-line.ts";
import { formatHeader } from "./line-header.ts";
import { type SiemConfig } from "./siem-config.ts";
import { lineSettings } from "./line-settings.ts";

/** What `formatSyslogLine` takes: all that the formats take, the settings of the exporter, and the process. */
export type SyslogLineOptions = FormatOptions &
  Partial<SiemConfig> & {
    /** PROCID (RFC 5424 §6.2.6). Default: `-`. */
    readonly procId?: string | undefined;
  };

/**
 * Writes an event as the line that an exporter with these settings sends, with the same defaults, but for the environment:
 * host name and process id are `-` unless they are given. Pure, needs no host, checks no setting, and never throws.
 *
 * The line is shortened to `maxMessageBytes`, or to `maxBytes` when that is less. It is longer only when what must never be
 * cut does not fit; an exporter refuses such an event as `too_large`.
 */
export function formatSyslogLine(event: AgentEvent, options: SyslogLineOptions = {}): string {
  const config = lineSettings(options);
  const { nowMs, sequence, hostname, procId, maxBytes = Infinity } = options;
  const description = options.description ?? describeEvent(event, { nowMs, ownTypes: false });
  return formatLine(event, {
    config,
    description,
    header: formatHeader(description, { config, hostname, procId }),
    nowMs,
    sequence,
    hostname,
    labels: options.labels ?? { tenant: options.tenant, environment: options.environment },
    maxBytes: Math.min(config.maxMessageBytes, maxBytes),
  }).text;
}
