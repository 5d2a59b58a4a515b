import { sampleEvents } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import expected from "../testdata/expected.json" with { type: "json" };
import { type AgentEvent } from "./agent-event.ts";
import { describeEvent } from "./describe-event.ts";
import { signatures } from "./signatures.ts";

const events = new Map(sampleEvents().map((event) => [event.id, event as AgentEvent]));
const nowMs = Date.UTC(2026, 10, 23, 3, 5);

test.each(expected)("sample event $id is described as $name", (facts) => {
  const event = events.get(facts.id);
  if (event === undefined) throw new Error(`no sample event ${facts.id}`);
  const description = describeEvent(event, { nowMs });
  const found: Record<string, unknown> = {
    id: event.id,
    signatureId: description.signatureId,
    name: description.signatureName,
    cat: description.type,
    rawType: description.eventType,
    syslogSeverity: description.syslogSeverity,
    cefSeverity: description.cefSeverity,
    act: description.rule ?? description.tools.join(","),
    callId: description.callIds.join(","),
    msg: description.command,
    outcome: description.outcome,
    reason: description.reason,
    durationMs: description.durationMs,
    request: description.url,
    dhost: description.urlHost,
    filePath: description.path,
    fname: description.path?.split("/").at(-1),
    fileHash: description.fileHash,
    mcpServer: description.mcpServer,
    provider: description.provider,
    channel: description.channel,
    model: description.model,
    inputTokens: description.inputTokens,
    outputTokens: description.outputTokens,
    cacheReadTokens: description.cacheReadTokens,
    costUsd: description.costUsd,
    suser: description.sender,
    suid: description.senderId,
    duser: description.recipient,
    duid: description.recipientId,
    deviceDirection: description.direction,
  };
  expect(found).toMatchObject(facts);
});

test("every known event type has its signature, alias or not", () => {
  expect(Object.keys(signatures)).toHaveLength(98);
  expect(signatures["toolCall"]).toEqual({ id: 1001, name: "Tool Call" });
  expect(signatures["siem.heartbeat"]).toEqual({ id: 9006, name: "Heartbeat" });
  expect(signatures["constructor"]).toBeUndefined();
});

test("an event type is never looked up in a prototype", () => {
  expect(describeEvent({ event_type: "__proto__" })).toMatchObject({ signatureId: 9999, type: "unmapped" });
});

test("a type of the exporter is unmapped when somebody else sends it", () => {
  const event = { event_type: "siem.events_dropped", data: { cnt: 7 } };
  expect(describeEvent(event)).toMatchObject({ signatureId: 9001, own: { cnt: 7 } });
  expect(describeEvent(event, { ownTypes: false })).toMatchObject({ signatureId: 9999, own: undefined });
});

test("the keys are always the same, in the same order", () => {
  const keys = Object.keys(describeEvent({ event_type: "tool.call", data: { name: "bash" } }));
  expect(Object.keys(describeEvent({}))).toEqual(keys);
});

test.each([
  [
    "OpenAI's wrapped call",
    { tool_calls: [{ id: "c1", function: { name: "exec", arguments: '{"cmd":"ls"}' } }] },
    "ls",
  ],
  ["toolMetas", { toolMetas: [{ id: "c1", name: "exec", input: { command: "ls" } }] }, "ls"],
  [
    "a content block",
    { message: { content: [{ type: "tool_use", id: "c1", name: "exec", input: { cmd: "ls" } }] } },
    "ls",
  ],
  ["a command of words", { tool_calls: [{ id: "c1", name: "exec", input: { command: ["ls", "-l"] } }] }, '["ls","-l"]'],
  ["other arguments", { tool_calls: [{ id: "c1", name: "exec", params: { depth: 2 } }] }, '{"depth":2}'],
])("finds a call in %s", (_where, data, command) => {
  expect(describeEvent({ event_type: "tool.call", data })).toMatchObject({ tools: ["exec"], callIds: ["c1"], command });
});

test("an approval is known by its own id, and shows a command that differs from its arguments", () => {
  const data = {
    id: "apr_1",
    tool_use_id: "toolu_1",
    tool_name: "bash",
    command: "ls",
    input: { command: "rm -rf /" },
  };
  expect(describeEvent({ event_type: "approval.required", data })).toMatchObject({
    callIds: ["apr_1"],
    command: "ls\nrm -rf /",
  });
});

test("only tool signatures have tools", () => {
  const data = { name: "bash", input: "a prompt" };
  expect(describeEvent({ event_type: "prompt.submitted", data })).toMatchObject({ tools: [], command: undefined });
});

test.each([
  [{ is_error: true }, "failure", 5],
  [{ isError: false }, "success", 6],
  [{ extra: { isError: true } }, "failure", 5],
  [{ success: false }, "failure", 5],
  [{ error: "boom" }, "failure", 5],
  [{ error: "" }, "success", 6],
  [{ error: null }, "success", 6],
  [{ status: "FAILED" }, "failure", 5],
  [{ decision: "denied" }, "failure", 5],
  [{ exit_code: 0 }, "success", 6],
  [{ exitCode: "127" }, "failure", 5],
  [{ returncode: 1, benign_error: true }, "success", 6],
  [{}, "success", 6],
])("a tool result with %j is a %s", (data, outcome, syslogSeverity) => {
  expect(describeEvent({ event_type: "tool.result", data })).toMatchObject({ outcome, syslogSeverity });
});

test.each([
  ["tool.call", {}, undefined],
  ["cron.run", { status: "running" }, undefined],
  ["cron.run", { status: "ok" }, "success"],
  ["permission.denied", {}, "failure"],
  ["model.error", {}, "failure"],
  ["tool.error", {}, "failure"],
  ["tool.error", { benign_error: true }, "success"],
  ["connector.health", { kind: "wedged" }, "failure"],
  ["connector.health", { kind: "recovered" }, "success"],
])("%s with %j has the outcome %s", (event_type, data, outcome) => {
  expect(describeEvent({ event_type, data }).outcome).toBe(outcome);
});

test.each([
  ["critical", 2, 10],
  ["HIGH", 3, 8],
  ["medium", 4, 6],
  ["low", 5, 4],
  ["info", 6, 3],
  ["whatever", 3, 8],
])("a threat of severity %s has syslog severity %i and CEF severity %i", (severity, syslogSeverity, cefSeverity) => {
  const description = describeEvent({ event_type: "security.threat", data: { severity } });
  expect(description).toMatchObject({ syslogSeverity, cefSeverity });
});

test("a budget trip says what was spent of what", () => {
  const data = { limit_usd: 25, spent_usd: 25.4, scope: "daily" };
  expect(describeEvent({ event_type: "budget.exceeded", data }).reason).toBe("spent 25.4 of 25 USD (daily)");
});

test("facts at the top of the event win over those in data", () => {
  const event = { event_type: "tool.call", tool_name: "outer", duration_ms: 5, data: { tool: "inner", durationMs: 9 } };
  expect(describeEvent(event)).toMatchObject({ tools: ["outer", "inner"], durationMs: 5 });
});

test("data may be bytes that hold a JSON text", () => {
  const data = new TextEncoder().encode('{"name":"bash"}');
  expect(describeEvent({ event_type: "tool.call", data }).tools).toEqual(["bash"]);
});

test("data text over 256 KiB is not parsed", () => {
  const data = JSON.stringify({ name: "bash", padding: "x".repeat(256 * 1024) });
  expect(describeEvent({ event_type: "tool.call", data }).tools).toEqual([]);
});

test("the user of a login is its sender", () => {
  expect(describeEvent({ event_type: "auth", data: { user: "root", user_id: 0 } })).toMatchObject({
    signatureId: 8004,
    sender: "root",
    senderId: "0",
  });
});

const throwing = new Proxy(
  {},
  {
    get: () => {
      throw new Error("get");
    },
    getPrototypeOf: () => {
      throw new Error("getPrototypeOf");
    },
    ownKeys: () => {
      throw new Error("ownKeys");
    },
  },
);
const revoked = Proxy.revocable([], {});
revoked.revoke();

test.each([
  ["null", null],
  ["undefined", undefined],
  ["a number", 7],
  ["a text", "event"],
  ["a function", () => 1],
  ["an array", [1, 2]],
  ["a proxy that throws", throwing],
  ["a revoked proxy", revoked.proxy],
])("%s is a generic event", (_name, event) => {
  expect(describeEvent(event as AgentEvent)).toMatchObject({ signatureId: 9999, tools: [], timeMs: null });
});

test.each(["data", "ts", "error", "tool_calls", "message", "extra", "model", "severity", "input", "from"])(
  "a hostile value under %s does not hide the event",
  (key) => {
    for (const hostile of [throwing, revoked.proxy, { toJSON: () => throwing }]) {
      expect(describeEvent({ event_type: "tool.call", data: { [key]: hostile } }).signatureId).toBe(1001);
      expect(describeEvent({ event_type: "tool.call", [key]: hostile }).signatureId).toBe(1001);
    }
  },
);
