/** What a SIEM rule keys off: an id that never changes its meaning, and its name. */
export interface Signature {
  readonly id: number;
  readonly name: string;
}

/** A signature with everything that follows from the event type alone. */
export interface EventKind extends Signature {
  /** The canonical event type: `cat` in CEF, `type` in JSON, MSGID in syslog. */
  readonly type: string;
  /** Syslog severity (RFC 5424 §6.2.1) where nothing went wrong. */
  readonly severity: number;
  /** Syslog severity of a failure. The same as `severity` where a failure makes no difference. */
  readonly failureSeverity: number;
  /** Whether the event's own `severity` word counts. */
  readonly ownSeverity: boolean;
}

interface Row {
  readonly id: number;
  readonly name: string;
  /** The canonical type first, then its aliases. */
  readonly types: string;
  readonly severity: number;
  readonly failureSeverity?: number;
  readonly ownSeverity?: true;
}

const rows: readonly Row[] = [
  { id: 1001, name: "Tool Call", types: "tool.call tool_call tool.use tool_use toolCall tool.invoked", severity: 6 },
  {
    id: 1002,
    name: "Tool Result",
    types: "tool.result tool_result tool-result tool_use_result tool.completed tool.failed tool.error",
    severity: 6,
    failureSeverity: 5,
  },
  { id: 1003, name: "MCP Call", types: "mcp.call mcp_call", severity: 6 },
  { id: 1004, name: "Permission Denied", types: "permission.denied", severity: 4 },
  { id: 1005, name: "Tool Decision", types: "tool.decision tool_decision", severity: 6, failureSeverity: 4 },
  {
    id: 1006,
    name: "Permission Mode Changed",
    types: "permission.mode_changed permission_mode_changed",
    severity: 4,
  },
  { id: 1007, name: "Approval Bypassed", types: "approval.bypassed", severity: 3 },
  { id: 2001, name: "Message Received", types: "channel.in message", severity: 6 },
  { id: 2002, name: "Message Sent", types: "channel.out", severity: 6, failureSeverity: 5 },
  { id: 2003, name: "Channel Access Changed", types: "channel.access_changed", severity: 4 },
  { id: 3001, name: "LLM Usage", types: "model.completed model_use llm_call", severity: 6 },
  { id: 3002, name: "Model Changed", types: "model.changed model_change", severity: 6 },
  { id: 3003, name: "Prompt Submitted", types: "prompt.submitted user_prompt", severity: 6 },
  { id: 3004, name: "Model Error", types: "model.error api_error", severity: 5 },
  { id: 3005, name: "Model Refusal", types: "model.refusal api_refusal", severity: 5 },
  { id: 4001, name: "Session Started", types: "session.started session_start session.created", severity: 6 },
  {
    id: 4002,
    name: "Session Ended",
    types: "session.ended session_end session.completed session.stopped",
    severity: 6,
  },
  { id: 4003, name: "Transcript Compaction", types: "compaction context.compacted", severity: 6 },
  { id: 4004, name: "Subagent Started", types: "subagent.started", severity: 6 },
  { id: 4005, name: "Subagent Stopped", types: "subagent.stopped", severity: 6 },
  { id: 4006, name: "Instructions Loaded", types: "instructions.loaded", severity: 6 },
  { id: 4007, name: "MCP Server Changed", types: "mcp.server_changed mcp_server_connection", severity: 5 },
  {
    id: 4008,
    name: "Extension Changed",
    types: "extension.changed plugin_loaded hook_registered plugin.installed skill.installed",
    severity: 5,
  },
  { id: 4009, name: "Agent Configuration Changed", types: "config.changed", severity: 5 },
  { id: 4010, name: "Memory Written", types: "memory.written", severity: 6 },
  { id: 5001, name: "Budget Limit Exceeded", types: "budget.exceeded budget_exceeded", severity: 4 },
  {
    id: 6001,
    name: "Threat Signature Match",
    types: "security.threat security_threat numbat_finding",
    severity: 3,
    ownSeverity: true,
  },
  { id: 6002, name: "Loop Detected", types: "loop.detected loop_detected", severity: 4 },
  {
    id: 6003,
    name: "Prompt Injection",
    types: "prompt.injection prompt_injection jailbreak",
    severity: 3,
    ownSeverity: true,
  },
  {
    id: 6004,
    name: "Secret Exposure",
    types: "secret.exposure secret_exposure credential_access",
    severity: 3,
    ownSeverity: true,
  },
  {
    id: 6005,
    name: "Destructive Command",
    types: "command.destructive destructive_command file_deletion",
    severity: 3,
    ownSeverity: true,
  },
  {
    id: 6006,
    name: "Data Egress",
    types: "data.egress data_egress network_egress",
    severity: 3,
    ownSeverity: true,
  },
  { id: 6007, name: "Privilege Change", types: "privilege.change privilege_change", severity: 3, ownSeverity: true },
  {
    id: 6008,
    name: "Guardrail Violation",
    types: "guardrail.violation guardrail_event authority_violation",
    severity: 4,
    ownSeverity: true,
  },
  { id: 7001, name: "Approval Required", types: "approval.required approval_required approval.pending", severity: 5 },
  { id: 7002, name: "Approval Resolved", types: "approval.resolved", severity: 5 },
  { id: 8001, name: "Cron Run", types: "cron.run cron_run", severity: 6, failureSeverity: 5 },
  { id: 8002, name: "Connector Health", types: "connector.health", severity: 6, failureSeverity: 4 },
  { id: 8003, name: "Schedule Changed", types: "schedule.changed", severity: 4 },
  { id: 8004, name: "Gateway Login", types: "gateway.login auth", severity: 6, failureSeverity: 4 },
  { id: 9001, name: "Events Dropped", types: "siem.events_dropped", severity: 3 },
  { id: 9002, name: "Daemon Error", types: "daemon.error", severity: 3 },
  { id: 9003, name: "Gateway Metric", types: "gateway.metric", severity: 6 },
  { id: 9004, name: "Exporter Started", types: "siem.exporter_started", severity: 6 },
  { id: 9005, name: "Exporter Stopped", types: "siem.exporter_stopped", severity: 6 },
  { id: 9006, name: "Heartbeat", types: "siem.heartbeat", severity: 6 },
  { id: 9007, name: "Chain Gap", types: "chain.gap", severity: 2 },
];

/** Signature 9999: an event type that has no signature of its own. It is forwarded all the same. */
export const unmappedKind: EventKind = {
  id: 9999,
  name: "Generic Event",
  type: "unmapped",
  severity: 6,
  failureSeverity: 5,
  ownSeverity: false,
};

const kinds: ReadonlyMap<string, EventKind> = new Map(rows.flatMap(kindsOfRow));

/**
 * The signature of every known event type, canonical types and aliases alike, by event type. Without a prototype, so that
 * no event type finds something that is not in the table.
 */
export const signatures: Readonly<Record<string, Signature>> = Object.freeze(
  Object.assign(
    Object.create(null) as Record<string, Signature>,
    Object.fromEntries([...kinds].map(([type, { id, name }]) => [type, Object.freeze({ id, name })])),
  ),
);

/** What follows from the event type alone. Anything unknown is signature 9999. */
export function kindOfType(eventType: unknown): EventKind {
  return (typeof eventType === "string" ? kinds.get(eventType) : undefined) ?? unmappedKind;
}

function kindsOfRow(row: Row): (readonly [string, EventKind])[] {
  const types = row.types.split(" ");
  const kind: EventKind = {
    id: row.id,
    name: row.name,
    type: types[0] ?? unmappedKind.type,
    severity: row.severity,
    failureSeverity: row.failureSeverity ?? row.severity,
    ownSeverity: row.ownSeverity ?? false,
  };
  return types.map((type) => [type, kind] as const);
}
