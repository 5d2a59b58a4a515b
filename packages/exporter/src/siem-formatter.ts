import { type Formatter } from "@clawmetry/siem-core";
import { type AgentEvent, chainedText, describeEvent } from "@clawmetry/siem-events";
import { ownCopy } from "@clawmetry/siem-text";
import { formatLine } from "./format-line.ts";
import { createHeaderWriter } from "./line-header.ts";
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
  const labels = { tenant, environment };
  const writeHeader = createHeaderWriter({ config, hostname, procId: String(process.pid) });
  const groupOf = createGroupReader();
  return (event, { nowMs, sequence }) => {
    const description = describeEvent(event, { nowMs, ownTypes: isOwn(event) });
    const header = writeHeader(description);
    const { text, fits } = formatLine(event, {
      config,
      description,
      header,
      hostname,
      labels,
      maxBytes,
      nowMs,
      sequence,
    });
    if (!fits) return "too_large";
    const group = groupOf(event);
    const severity = description.syslogSeverity;
    return group === undefined ? { text, severity } : { text, severity, group };
  };
}

// The session: a copy, since a slice would keep the whole of a hostile text alive in the queue, which does not count it.
function createGroupReader(): (event: AgentEvent) => string | undefined {
  let last: string | undefined;
  return (event) => {
    const session = chainedText(event, "session_id");
    if (session !== undefined && session !== last) last = ownCopy(session.slice(0, LONGEST_GROUP).toWellFormed());
    return session === undefined ? undefined : last;
  };
}
