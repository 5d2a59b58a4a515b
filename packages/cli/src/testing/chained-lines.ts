import { stampEvents, type StampedEvent } from "@clawmetry/integrity";
import { formatSyslogLine, type SyslogLineOptions } from "@clawmetry/siem-exporter";

/** The boot id of `chainedLines`. */
export const BOOT = "712df70e";

/** Events e1 to e`count` of node n, in the chain. */
export function chainedEvents(count: number): readonly StampedEvent[] {
  const events = Array.from({ length: count }, (_, index) => ({
    id: `e${index + 1}`,
    node_id: "n",
    agent_id: "main",
    agent_type: "openclaw",
    session_id: "s1",
    workspace_id: null,
    event_type: "tool_call",
    ts: `2026-11-23T03:04:0${index + 1}.000Z`,
    data: { name: "bash", input: { command: `ls ${index + 1}` } },
  }));
  return stampEvents(events).events;
}

/** The lines that an exporter sends of the events, numbered from 1. */
export function chainedLines(events: readonly StampedEvent[], options: SyslogLineOptions): readonly string[] {
  return events.map((event, index) => {
    return formatSyslogLine(event, { hostname: "gw01", sequence: { boot: BOOT, number: index + 1 }, ...options });
  });
}
