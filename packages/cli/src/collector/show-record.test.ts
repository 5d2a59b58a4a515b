import { expect, test } from "vitest";
import { decodeRecord } from "./decode-record.ts";
import { type RecordView, showRecord } from "./show-record.ts";

const HEADER = "<134>1 2026-11-23T03:04:06.678Z gw01 clawmetry 1 tool.call - ";
const CEF =
  "CEF:0|ClawMetry|clawmetry|1|1001|Tool Call|3|act=bash outcome=success cs1=s1 cs2=main msg=ls rt=1795403046678";

function show(line: string, view: RecordView): string {
  const bytes = Buffer.from(line);
  return showRecord({ transport: "tcp", from: "127.0.0.1:4000", bytes }, decodeRecord(bytes), view);
}

test("the facts of CEF and JSON look the same", () => {
  const json = {
    siem: {
      signature_id: 1001,
      signature_name: "Tool Call",
      severity: 3,
      time: "2026-11-23T03:04:06.678Z",
      tools: ["bash"],
      outcome: "success",
      command: "ls",
    },
    agent_id: "main",
    session_id: "s1",
  };
  const line =
    "2026-11-23T03:04:06.678Z  tcp  severity  3  1001  Tool Call               act=bash  outcome=success  agent=main  session=s1  host=gw01  msg=ls";
  expect(show(HEADER + CEF, "facts")).toBe(line);
  expect(show(HEADER + JSON.stringify(json), "facts")).toBe(line);
});

test("the fields of the header cannot be replaced by extensions of the same name", () => {
  const line = "CEF:0|a|b|1|1001|Tool Call|3|name=Forged severity=10 signatureId=9 rt=1795403046678";
  expect(show(HEADER + line, "facts")).toContain("severity  3  1001  Tool Call  ");
});

test("the JSON view is one object with all that was read", () => {
  expect(JSON.parse(show(HEADER + CEF, "json"))).toEqual({
    transport: "tcp",
    from: "127.0.0.1:4000",
    syslog: {
      facility: 16,
      severity: 6,
      timeMs: 1795403046678,
      hostname: "gw01",
      appName: "clawmetry",
      procId: "1",
      msgId: "tool.call",
    },
    cef: {
      deviceVendor: "ClawMetry",
      deviceProduct: "clawmetry",
      deviceVersion: "1",
      signatureId: "1001",
      name: "Tool Call",
      severity: 3,
      extensions: { act: "bash", outcome: "success", cs1: "s1", cs2: "main", msg: "ls", rt: "1795403046678" },
    },
  });
});

test("the JSON view shows what could not be read, and why", () => {
  expect(JSON.parse(show(`${HEADER}hello`, "json"))).toMatchObject({
    syslog: { msgId: "tool.call", message: "hello" },
    problems: ["the message is neither CEF nor a JSON object"],
  });
  expect(JSON.parse(show("hello", "json"))).toMatchObject({ text: "hello" });
});

test("the raw view keeps the record", () => {
  expect(show(HEADER + CEF, "raw")).toBe(HEADER + CEF);
});

test.each(["facts", "json", "raw"] as const)("the %s view does not drive the terminal", (view) => {
  const hostile = "\u001b]0;owned\u0007\u009b2J\u202e\r\n\u0085";
  for (const line of [hostile, HEADER + hostile, HEADER + JSON.stringify({ siem: { signature_name: hostile } })]) {
    expect(show(line, view)).not.toMatch(/[\0-\x1f\x7f-\x9f\u202e]/);
  }
});
