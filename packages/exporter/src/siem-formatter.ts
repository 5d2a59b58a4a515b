import { type Formatter } from "@clawmetry/siem-core";
import { type AgentEvent, chainedText, describeEvent } from "@clawmetry/siem-events";
import { formatLine } from "./format-line.ts";
import { type ResolvedSiemConfig } from "./resolve-siem-config.ts";

const LONGEST_GROUP = 128;

/**
 * Makes the formatter of an exporter: one event, one line of at most `maxMessageBytes`, its header included. `isOwn` tells the
 * exporter's own events: from anyone else, a type that begins with `siem.` is unmapped, so that nobody can forge a heartbeat.
 */
export function siemFormatter(
  config: ResolvedSiemConfig,
  isOwn: (event: AgentEvent) => boolean = () => false,
): Formatter<AgentEvent> {
  const { tenant, environment, hostname, maxMessageBytes: maxBytes } = config;
  const settings = { config, hostname, labels: { tenant, environment }, maxBytes, procId: String(process.pid) };
  return (event, { nowMs, sequence }) => {
    const description = describeEvent(event, { nowMs, ownTypes: isOwn(event) });
    const { text, fits } = formatLine(event, { ...settings, description, nowMs, sequence });
    if (!fits) return "too_large";
    const group = groupOf(event);
    return { text, severity: description.syslogSeverity, ...(group !== undefined && { group }) };
  };
}

// The session. A copy, since a slice would keep the whole of a hostile text alive in the queue, which does not count it.
function groupOf(event: AgentEvent): string | undefined {
  const session = chainedText(event, "session_id");
  return session === undefined ? undefined : Buffer.from(session.slice(0, LONGEST_GROUP)).toString();
}
