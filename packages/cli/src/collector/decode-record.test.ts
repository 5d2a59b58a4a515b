import { expect, test } from "vitest";
import { decodeRecord, type DecodedRecord } from "./decode-record.ts";

const HEADER = "<134>1 2026-11-23T03:04:06.678Z gw01 clawmetry 1 tool.call - ";
const CEF = "CEF:0|ClawMetry|clawmetry|1|1001|Tool Call|3|act=bash rt=1795403046678";

function decode(line: string, headerless = false): DecodedRecord {
  return decodeRecord(Buffer.from(line), { headerless });
}

test("a CEF record gives header and fields", () => {
  const { syslog, cef, problems } = decode(HEADER + CEF);
  expect(problems).toEqual([]);
  expect(syslog).toMatchObject({
    facility: 16,
    severity: 6,
    hostname: "gw01",
    appName: "clawmetry",
    msgId: "tool.call",
  });
  expect(cef).toMatchObject({ signatureId: "1001", name: "Tool Call", severity: 3, extensions: { act: "bash" } });
});

test("a JSON record gives header and object", () => {
  const siem = { schema: 1, signature_id: 1001, signature_name: "Tool Call", type: "tool.call", severity: 3 };
  const { json, problems } = decode(`${HEADER}${JSON.stringify({ siem, id: "a" })}`);
  expect(problems).toEqual([]);
  expect(json).toEqual({ siem, id: "a" });
});

test("RFC 3164 is read too", () => {
  expect(decode(`<134>Nov 23 03:04:06 gw01 clawmetry[1]: ${CEF}`)).toMatchObject({
    syslog: { appName: "clawmetry", procId: "1" },
    problems: [],
  });
});

test.each([
  ["no syslog", "hello", ["syslog: a line must begin with <PRI> (position 0)"]],
  ["JSON without siem", `${HEADER}{"id":"a"}`, ["JSON: there is no object siem"]],
  ["JSON where siem is no object", `${HEADER}{"siem":[1]}`, ["JSON: there is no object siem"]],
  [
    "a siem object of other types",
    `${HEADER}{"siem":{"schema":1,"signature_id":1001,"signature_name":"Tool Call","severity":"hunter2"}}`,
    ["JSON: siem.type is missing", "JSON: siem.severity must be an integer from 0 to 10"],
  ],
  ["a message that is no JSON", `${HEADER}{"siem":hunter2}`, ["JSON: the message is not JSON"]],
  ["a message of neither format", `${HEADER}hunter2`, ["the message is neither CEF nor a JSON object"]],
  ["no message", HEADER.trimEnd(), ["the record ends before its message"]],
  ["no header", CEF, ["syslog: the record has no header"]],
  [
    "an equals sign that is not escaped",
    `${HEADER}${CEF.replace("bash", "a=b=c")}`,
    ["not a CEF record: an equals sign in a value must be escaped at position 50"],
  ],
])("%s is told, without content", (_name, line, problems) => {
  const record = decode(line);
  expect(record.problems).toEqual(problems);
  expect(record.problems.join()).not.toContain("hunter2");
});

test("a record without header is well-formed where that is allowed", () => {
  expect(decode(CEF, true)).toMatchObject({ problems: [], cef: { name: "Tool Call" } });
});

test("bytes that are no UTF-8 are told, and read all the same", () => {
  const bytes = Buffer.concat([Buffer.from(HEADER + CEF), Uint8Array.of(0xff)]);
  expect(decodeRecord(bytes)).toMatchObject({ problems: ["the record is not UTF-8"], cef: { name: "Tool Call" } });
});
