import { type Heartbeat, type LossReport } from "@clawmetry/siem-core";
import { type AgentEvent } from "@clawmetry/siem-events";

/** Makes an event of the exporter's own: 9001 of a loss report, 9006 of a heartbeat, which also lists `chainHeads`. */
export function ownEvent(facts: LossReport | Heartbeat, nowMs: number, chainHeads: readonly string[] = []): AgentEvent {
  const ts = new Date(nowMs).toISOString();
  return facts.kind === "loss"
    ? { event_type: "siem.events_dropped", ts, data: lossData(facts) }
    : { event_type: "siem.heartbeat", ts, data: heartbeatData(facts, chainHeads) };
}

function lossData(report: LossReport): Readonly<Record<string, unknown>> {
  return {
    reason: counts(report.byReason),
    cnt: report.count,
    start: report.startMs,
    end: report.endMs,
    lost_by_severity: counts(report.bySeverity),
    seq_from: report.seqFrom,
    seq_to: report.seqTo,
  };
}

function heartbeatData(heartbeat: Heartbeat, chainHeads: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    accepted: heartbeat.accepted,
    sent: heartbeat.sent,
    dropped: heartbeat.dropped,
    queued: heartbeat.queued,
    last_seq: heartbeat.lastSeq,
    state: heartbeat.state,
    target: heartbeat.target,
    ...(heartbeat.certDays !== undefined && { cert_days: heartbeat.certDays }),
    ...(chainHeads.length > 0 && { chain_heads: chainHeads }),
  };
}

// `queue_full:812,too_large:3`
function counts(byName: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(byName)
    .map(([name, count]) => `${name}:${count ?? 0}`)
    .join(",");
}
