import { readFileSync } from "node:fs";
import { type AgentEvent } from "@clawmetry/siem-events";
import { sampleEvents } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import { formatCef } from "./format-cef.ts";
import { parseCef } from "./parse-cef.ts";

interface Facts {
  readonly id: string;
  readonly signatureId: number;
  readonly name: string;
  readonly cefSeverity: number;
  readonly [fact: string]: string | number;
}

const testdata = new URL("../../events/testdata/", import.meta.url);
const samples = sampleEvents();
const expected = JSON.parse(readFileSync(new URL("expected.json", testdata), "utf8")) as readonly Facts[];
const nowMs = Date.UTC(2026, 10, 23, 3, 5);
const CUSTOM_FACTS: readonly string[] = [
  "callId",
  "model",
  "channel",
  "inputTokens",
  "outputTokens",
  "cacheReadTokens",
  "durationMs",
  "costUsd",
];
const RENAMED: Readonly<Record<string, string>> = {
  rawType: "ClawmetryEventType",
  mcpServer: "destinationServiceName",
  provider: "destinationServiceName",
};

function sample(id: string): AgentEvent {
  const event = samples.find((candidate) => candidate.id === id);
  if (event === undefined) throw new Error(`no sample event ${id}`);
  return event;
}

/** The extensions with each custom field under its label. */
function byLabel(extensions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(extensions).map(([key, value]) => [(extensions[`${key}Label`] as string | undefined) ?? key, value]),
  );
}

test.each(expected)("sample event $id has every expected fact in its line", (facts) => {
  const message = parseCef(formatCef(sample(facts.id), { nowMs }));
  const { id, signatureId, name, cefSeverity, ...rest } = facts;
  expect(message).toMatchObject({ signatureId: String(signatureId), name, severity: cefSeverity });
  const found = byLabel(message.extensions);
  expect(found).toMatchObject({ devicePayloadId: id, externalId: id });
  for (const [fact, value] of Object.entries(rest)) {
    if (fact === "syslogSeverity") continue; // of the syslog header, not of the record
    const key = CUSTOM_FACTS.includes(fact) ? fact : (RENAMED[fact] ?? fact);
    expect(found[key], fact).toBe(String(value));
  }
});

test("a whole line of a tool call", () => {
  const options = { hostname: "gw01", sequence: { boot: "00c0ffee", number: 7 }, labels: { tenant: "acme" } };
  expect(formatCef(sample("evt_640d87e741e6aa4c669a82a4"), options)).toBe(
    "CEF:0|ClawMetry|clawmetry|1|1001|Tool Call|3|externalId=evt_640d87e741e6aa4c669a82a4 " +
      "devicePayloadId=evt_640d87e741e6aa4c669a82a4 cat=tool.call act=bash sourceServiceName=openclaw " +
      "deviceExternalId=mac-studio-7 dvchost=gw01 cs1Label=sessionId cs1=8b0f6c1e-6f0b-4c55-9a7e-2f1f3d1f6f01 " +
      "cs2Label=agentId cs2=main cs5Label=chainHash " +
      "cs5=f1b89ca83d7c6c7d90c503337c46aacb0e35432bd6ab48502a5f2a24581b298d cs6Label=chainPrevHash " +
      "cs6=0000000000000000000000000000000000000000000000000000000000000000 flexString1Label=callId " +
      "flexString1=toolu_01 flexString2Label=workspaceId flexString2=/srv/agents/billing ClawmetrySeq=7 " +
      "ClawmetryBoot=00c0ffee ClawmetryTenant=acme msg=ls -la /tmp | grep x\\=1 rt=1795403046678",
  );
});

test("a whole line of a model completion", () => {
  expect(formatCef(sample("evt_0dc292193473914f4c89fb52"))).toBe(
    "CEF:0|ClawMetry|clawmetry|1|3001|LLM Usage|3|externalId=evt_0dc292193473914f4c89fb52 " +
      "devicePayloadId=evt_0dc292193473914f4c89fb52 cat=model.completed ClawmetryEventType=model_use " +
      "sourceServiceName=claude_code deviceExternalId=ci-runner-12 cs1Label=sessionId " +
      "cs1=claude_code:5f1c2a90-77aa-4a3c-b5d1-0b7f3f1e9c11 cs2Label=agentId cs2=main cs3Label=model " +
      "cs3=claude-opus-4-7 cs5Label=chainHash cs5=ff67c69645ce95f964d5c3532cd118ae1f2d95baf61ac2c4daf482c9816de8c5 " +
      "cs6Label=chainPrevHash cs6=69f45fee274b28807fe6d638e9b8cad5b4ddf3e6c73da33e3dedd2d28042dfb9 " +
      "cn1Label=inputTokens cn1=3 cn2Label=outputTokens cn2=512 cn3Label=cacheReadTokens cn3=20480 " +
      "flexString2Label=workspaceId flexString2=/srv/build/api rt=1795403063678",
  );
});

test("several calls are counted and stand on a line each", () => {
  const { extensions } = parseCef(formatCef(sample("evt_405092dff610bc7f73a63734")));
  expect(extensions).toMatchObject({ act: "read_file,bash", ClawmetryToolCount: "2", msg: "README.md\nrm -rf /" });
});

test("a ts that rt does not give back stands by itself", () => {
  const line = formatCef({ ...sample("evt_5b842bb6c23eb222aa55d56b") });
  expect(parseCef(line).extensions).toMatchObject({ rt: "1795403045678", ClawmetryTs: "1795403045.678" });
});

test("the payload hash stands by itself, whole, also where there is no room", () => {
  const payload_hash = "b".repeat(64);
  const data = { text: "x".repeat(5000) };
  const event = { event_type: "channel.in", id: "evt_1", data };
  const line = formatCef({ ...event, payload_hash }, { content: "all", maxBytes: 400 });
  expect(parseCef(line).extensions).toMatchObject({ ClawmetryPayloadHash: payload_hash });
  expect(formatCef(event)).not.toContain("ClawmetryPayloadHash");
});

test("the time of receipt is marked", () => {
  const { extensions } = parseCef(formatCef({ ts: "rubbish" }, { nowMs: 1767323045678 }));
  expect(extensions).toMatchObject({ rt: "1767323045678", ClawmetryTimeSource: "receipt", ClawmetryTs: "rubbish" });
});

test.each([
  ["none", undefined],
  ["tools", undefined],
  ["all", "Summarise the invoice"],
] as const)("content %s shows a prompt as %s", (content, msg) => {
  expect(parseCef(formatCef(sample("evt_f04dbcbb6fd04f0b4b35040a"), { content })).extensions["msg"]).toBe(msg);
});

test("content none hides what tools were asked", () => {
  const { extensions } = parseCef(formatCef(sample("evt_640d87e741e6aa4c669a82a4"), { content: "none" }));
  expect(extensions).not.toHaveProperty("msg");
});

test("content all shows what is no text as JSON", () => {
  const event = { event_type: "channel.in", data: { content: [{ type: "text", text: "hi" }] } };
  expect(parseCef(formatCef(event, { content: "all" })).extensions["msg"]).toBe('[{"type":"text","text":"hi"}]');
});

test("a message that is too long keeps its first 715 and its last 307 characters", () => {
  const event = { event_type: "channel.in", data: { text: `${"a".repeat(2000)}${"z".repeat(2000)}` } };
  const { extensions } = parseCef(formatCef(event, { content: "all" }));
  expect(extensions["msg"]).toBe(`${"a".repeat(715)}…${"z".repeat(307)}`);
});

test("a hostile tool name adds no key", () => {
  const { extensions } = parseCef(formatCef(sample("evt_598fe4b6192289ecc39ebb1e")));
  expect(extensions["act"]).toBe("na\u2400me=\ufffd|\\\ufffd \u241b[31mred");
  expect(extensions).not.toHaveProperty("me");
});

test("chained fields that the line does not hold exactly are named", () => {
  const event = {
    id: "e\u0007",
    event_type: "tool.call",
    ts: "2026-01-02T03:04:05.678Z",
    node_id: " n",
    session_id: null,
  };
  const { extensions } = parseCef(formatCef({ ...event, agent_id: "", agent_type: "openclaw", workspace_id: null }));
  expect(extensions["ClawmetryChanged"]).toBe("agent_id,id,node_id");
});

test("an event id over 128 characters is cut and named", () => {
  const { extensions } = parseCef(formatCef({ id: "i".repeat(200) }));
  expect(extensions).toMatchObject({ devicePayloadId: `${"i".repeat(127)}…` });
  expect(extensions).not.toHaveProperty("externalId");
  expect(String(extensions["ClawmetryChanged"]).split(",")).toContain("id");
});

test("the exporter's own counters follow the reason", () => {
  const data = { reason: "queue_full:3", cnt: 3, start: 1, end: 2, lost_by_severity: "6:3", seq_from: 4, seq_to: 9 };
  expect(formatCef({ event_type: "siem.events_dropped", ts: 1767323045678, data })).toBe(
    "CEF:0|ClawMetry|clawmetry|1|9001|Events Dropped|8|cat=siem.events_dropped reason=queue_full:3 cnt=3 start=1 " +
      "end=2 ClawmetryLostBySeverity=6:3 ClawmetrySeqFrom=4 ClawmetrySeqTo=9 ClawmetryTs=1767323045678 rt=1767323045678",
  );
});

const big: AgentEvent = {
  ...sample("evt_640d87e741e6aa4c669a82a4"),
  data: {
    name: "bash",
    input: { command: `rm -rf / ${"#=\n".repeat(300_000)}; true`, path: "/é".repeat(400_000), url: "x".repeat(3000) },
    error: "=".repeat(3000),
    model: "m".repeat(3000),
  },
};

test.each([1180, 1400, 2048, 8000, 65_000])(
  "an event of megabytes fits %i bytes and keeps what is never cut",
  (maxBytes) => {
    const line = formatCef(big, { maxBytes, hostname: "gw01" });
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(maxBytes);
    const { extensions, severity } = parseCef(line);
    expect(severity).toBe(3);
    expect(extensions).toMatchObject({
      devicePayloadId: "evt_640d87e741e6aa4c669a82a4",
      cs1: "8b0f6c1e-6f0b-4c55-9a7e-2f1f3d1f6f01",
      cs5: "f1b89ca83d7c6c7d90c503337c46aacb0e35432bd6ab48502a5f2a24581b298d",
      rt: "1795403046678",
    });
    expect(extensions["msg"]).toMatch(/^rm.*….*true$/s);
  },
);

test("the longest text is cut first", () => {
  const event = { ...big, data: { name: "bash", error: "short reason", input: { command: "c".repeat(1000) } } };
  const { extensions } = parseCef(formatCef(event, { maxBytes: 1000 }));
  expect(extensions["reason"]).toBe("short reason");
  expect(extensions["msg"]).toMatch(/^c+…c+$/);
});

test("ids are cut last, to 64 characters, and named", () => {
  const event = { ...big, session_id: "s".repeat(900), workspace_id: "w".repeat(900) };
  const { extensions } = parseCef(formatCef(event, { maxBytes: 1400 }));
  expect(extensions).toMatchObject({
    cs1: `${"s".repeat(63)}…`,
    flexString2: `${"w".repeat(63)}…`,
    ClawmetryChanged: "session_id,workspace_id",
  });
});

test("ids of wide characters give way too, before an event is too large", () => {
  const wide = "\u{1f600}".repeat(100);
  const ids = {
    node_id: wide,
    agent_id: wide,
    agent_type: wide,
    session_id: wide,
    workspace_id: wide,
    event_type: wide,
  };
  const line = formatCef({ id: "evt_1", ...ids, ts: 1767323045678 }, { maxBytes: 1180 });
  expect(Buffer.byteLength(line)).toBeLessThanOrEqual(1180);
  expect(parseCef(line).extensions).toMatchObject({ devicePayloadId: "evt_1", cs1: `${"\u{1f600}".repeat(31)}…` });
});

test("any value is one line", () => {
  for (const event of [null, undefined, 5, "x\ny", [], () => 1, Symbol("s"), { data: { name: Symbol("s") } }]) {
    expect(formatCef(event as unknown as AgentEvent)).toMatch(
      /^CEF:0\|ClawMetry\|clawmetry\|1\|9999\|Generic Event\|3\|.*$/,
    );
  }
});

test("the spec profile only escapes", () => {
  const event = { id: "e\u202e", event_type: "tool.call", data: { name: " CEF:0|\t" } };
  const { extensions } = parseCef(formatCef(event, { profile: "spec", version: "2.0" }));
  expect(extensions).toMatchObject({ devicePayloadId: "e\u202e", act: " CEF:0|\t" });
});
