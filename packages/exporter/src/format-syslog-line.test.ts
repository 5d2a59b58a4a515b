import { parseCef } from "@clawmetry/siem-cef";
import { type AgentEvent } from "@clawmetry/siem-events";
import { parseSyslog } from "@clawmetry/siem-syslog";
import { sampleEvents } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import { formatSyslogLine, type SyslogLineOptions } from "./format-syslog-line.ts";

const call: AgentEvent = {
  id: "evt_1",
  event_type: "tool.call",
  ts: "2026-11-23T03:04:06.678Z",
  node_id: "n1",
  agent_id: "main",
  agent_type: "openclaw",
  session_id: "s1",
  workspace_id: null,
  data: { name: "bash", input: { command: "ls\n-la" } },
};
const place = { hostname: "gateway.test", procId: "4711" };
const events: readonly AgentEvent[] = sampleEvents();

test("CEF in RFC 5424 is the default", () => {
  expect(formatSyslogLine(call, place)).toBe(
    "<134>1 2026-11-23T03:04:06.678Z gateway.test clawmetry 4711 tool.call - " +
      "CEF:0|ClawMetry|clawmetry|1|1001|Tool Call|3|externalId=evt_1 devicePayloadId=evt_1 cat=tool.call act=bash " +
      "sourceServiceName=openclaw deviceExternalId=n1 dvchost=gateway.test cs1Label=sessionId cs1=s1 " +
      "cs2Label=agentId cs2=main msg=ls\\n-la rt=1795403046678",
  );
});

test("without host name and process the header says so, and no host is in the event", () => {
  expect(formatSyslogLine({ ...call, ts: "never" })).toBe(
    "<134>1 - - clawmetry - tool.call - " +
      "CEF:0|ClawMetry|clawmetry|1|1001|Tool Call|3|externalId=evt_1 devicePayloadId=evt_1 cat=tool.call act=bash " +
      "sourceServiceName=openclaw deviceExternalId=n1 cs1Label=sessionId cs1=s1 " +
      "cs2Label=agentId cs2=main ClawmetryTs=never msg=ls\\n-la",
  );
});

test("JSON in RFC 5424", () => {
  expect(formatSyslogLine(call, { ...place, format: "json", facility: 0, appName: "agents" })).toBe(
    "<6>1 2026-11-23T03:04:06.678Z gateway.test agents 4711 tool.call - " +
      '{"siem":{"schema":1,"signature_id":1001,"signature_name":"Tool Call","type":"tool.call","severity":3,' +
      '"time":"2026-11-23T03:04:06.678Z","tools":["bash"],"command":"ls\\n-la","host":"gateway.test"},' +
      '"id":"evt_1","event_type":"tool.call","ts":"2026-11-23T03:04:06.678Z","node_id":"n1","agent_id":"main",' +
      '"agent_type":"openclaw","session_id":"s1","workspace_id":null,' +
      '"data":{"name":"bash","input":{"command":"ls\\n-la"}}}',
  );
});

test("CEF in RFC 3164, without content and with labels", () => {
  const labels = { tenant: "acme", environment: "prod" };
  expect(formatSyslogLine(call, { ...place, ...labels, syslog: "rfc3164", content: "none" })).toBe(
    "<134>Nov 23 03:04:06 gateway.test clawmetry[4711]: " +
      "CEF:0|ClawMetry|clawmetry|1|1001|Tool Call|3|externalId=evt_1 devicePayloadId=evt_1 cat=tool.call act=bash " +
      "sourceServiceName=openclaw deviceExternalId=n1 dvchost=gateway.test cs1Label=sessionId cs1=s1 " +
      "cs2Label=agentId cs2=main ClawmetryTenant=acme ClawmetryEnvironment=prod rt=1795403046678",
  );
});

test("no header at all, with a sequence number", () => {
  const sequence = { boot: "0badcafe", number: 7 };
  expect(formatSyslogLine(call, { syslog: "none", sequence })).toBe(
    "CEF:0|ClawMetry|clawmetry|1|1001|Tool Call|3|externalId=evt_1 devicePayloadId=evt_1 cat=tool.call act=bash " +
      "sourceServiceName=openclaw deviceExternalId=n1 cs1Label=sessionId cs1=s1 cs2Label=agentId cs2=main " +
      "ClawmetrySeq=7 ClawmetryBoot=0badcafe msg=ls\\n-la rt=1795403046678",
  );
});

test.each([
  [0, "chain.gap", "<2>"],
  [0, "daemon.error", "<3>"],
  [16, "daemon.error", "<131>"],
  [16, "budget.exceeded", "<132>"],
  [16, "gateway.metric", "<134>"],
  [4, "approval.required", "<37>"],
  [23, "gateway.metric", "<190>"],
])("facility %i and %s make %s", (facility, event_type, priority) => {
  expect(formatSyslogLine({ event_type }, { facility }).slice(0, priority.length + 2)).toBe(`${priority}1 `);
});

test("the time of the header is the time of the event", () => {
  for (const event of events) {
    const line = formatSyslogLine(event, { nowMs: Date.UTC(2026, 10, 23, 4) });
    const { timeMs, message = "" } = parseSyslog(line);
    expect(parseCef(message).extensions.rt).toBe(String(timeMs));
  }
});

test("the types of the exporter itself are unmapped, as in send", () => {
  const forged = { event_type: "siem.heartbeat", data: { accepted: 1, sent: 1, last_seq: 99 } };
  expect(formatSyslogLine(forged, { syslog: "none" })).toBe(
    "CEF:0|ClawMetry|clawmetry|1|9999|Generic Event|3|cat=unmapped ClawmetryEventType=siem.heartbeat " +
      "ClawmetryChanged=agent_id,agent_type,id,node_id,session_id,ts,workspace_id",
  );
});

test("the smaller of the two limits counts, header included", () => {
  const long = { ...call, data: { name: "bash", input: { command: "é".repeat(5000) } } };
  const bytesOf = (options: SyslogLineOptions) => Buffer.byteLength(formatSyslogLine(long, { ...place, ...options }));
  expect(bytesOf({ maxMessageBytes: 600 })).toBeLessThanOrEqual(600);
  expect(bytesOf({ maxMessageBytes: 600 })).toBeGreaterThan(590);
  expect(bytesOf({ maxBytes: 600 })).toBeLessThanOrEqual(600);
  expect(bytesOf({ maxBytes: 6000, maxMessageBytes: 700 })).toBeLessThanOrEqual(700);
});

test.each([undefined, null, 5, "text", [], () => 1, Symbol("s"), 1n, new Date(NaN)])(
  "%o as an event makes a line too",
  (event) => {
    expect(formatSyslogLine(event as unknown as AgentEvent)).toMatch(
      /^<134>1 - - clawmetry - unmapped - CEF:0\|ClawMetry\|clawmetry\|1\|9999\|Generic Event\|3\|cat=unmapped /,
    );
  },
);
