import { type ExporterFacts, type ExporterStart, type Heartbeat, type LossReport } from "@clawmetry/siem-core";
import { type AgentEvent } from "@clawmetry/siem-events";

/**
 * Makes an event of the exporter's own: 9001 of a loss report, 9004 of a start, 9005 of an end, and 9006 of a heartbeat, which also
 * lists `chainHeads`.
 */
export function ownEvent(facts: ExporterFacts, nowMs: number, chainHeads: readonly string[] = []): AgentEvent {
  const ts = new Date(nowMs).toISOString();
  switch (facts.kind) {
    case "loss":
      return { event_type: "siem.events_dropped", ts, data: lossData(facts) };
    case "heartbeat":
      return { event_type: "siem.heartbeat", ts, data: heartbeatData(facts, chainHeads) };
    case "start":
      return { event_type: "siem.exporter_started", ts, data: startData(facts) };
    case "stop":
      return { event_type: "siem.exporter_stopped", ts, data: { unsent: facts.unsent, last_seq: facts.lastSeq } };
  }
}

function startData({ previous, recovered }: ExporterStart): Readonly<Record<string, unknown>> {
  return {
    ...(previous !== undefined && {
      previous_boot: previous.boot,
      previous_end: previous.clean ? "clean" : "unclean",
      previous_last_seq: previous.lastSeq,
    }),
    recovered,
  };
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
    ...(report.boot !== undefined && { previous_boot: report.boot }),
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
