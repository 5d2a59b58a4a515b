import { type AgentEvent, describeEvent } from "@clawmetry/siem-events";

const event: AgentEvent = {
  id: "evt_1",
  event_type: "tool_use_result",
  ts: "2026-11-23T03:04:10",
  data: { toolName: "edit_file", isError: true, durationMs: 7, error: "EACCES: permission denied" },
};

const { signatureId, signatureName, type, syslogSeverity, timeMs, tools, outcome, reason } = describeEvent(event);
console.log(signatureId, signatureName, type, syslogSeverity, timeMs);
console.log(tools.join(","), outcome, reason);

// prints:
// 1002 Tool Result tool.result 5 1795403050000
// edit_file failure EACCES: permission denied
