import { sampleEvents } from "@clawmetry/siem-testkit";
import { stampEvents } from "@clawmetry/integrity";
import { type AgentEvent } from "@clawmetry/siem-events";
import { expect, test } from "vitest";
import { chainedEvents, chainedLines } from "../testing/chained-lines.ts";
import { reportOf } from "../testing/verify-lines.ts";

const events = chainedEvents(3);
const FORMATS = ["cef", "json"] as const;

function bodies(format: "cef" | "json"): readonly string[] {
  return chainedLines(events, { format, syslog: "none" });
}

function each(wrap: (line: string, index: number) => unknown): (lines: readonly string[]) => readonly string[] {
  return (lines) => lines.map((line, index) => JSON.stringify(wrap(line, index)));
}

function csv(...fields: readonly string[]): string {
  return fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(",");
}

test.each(["rfc5424", "rfc3164", "none"] as const)("lines with the header %s are read", async (syslog) => {
  for (const format of FORMATS) {
    expect(await reportOf(chainedLines(events, { format, syslog }))).toMatchObject({
      proven: true,
      nodes: [{ verified: 3 }],
    });
  }
});

const CONTAINERS: readonly (readonly [string, (lines: readonly string[]) => readonly string[]])[] = [
  ["a file of rsyslog", (lines) => lines.map((line) => `Nov 23 03:04:06 gw01 clawmetry[1]: ${line}`)],
  [
    "a file of rsyslog with precise times",
    (lines) => lines.map((line) => `2026-11-23T03:04:06.678+00:00 gw01 clawmetry ${line}`),
  ],
  [
    "Splunk over UDP",
    (lines) =>
      lines.map((line) => `Nov 23 03:04:06 10.0.0.1 1 2026-11-23T03:04:06Z gw01 clawmetry 1 tool.call - ${line}`),
  ],
  ["octet counting", (lines) => lines.map((line) => `${line.length + 9} <134>1 - - - - - - ${line}`)],
  [
    "rsyslog JSON",
    each((line) => ({ pri: "134", hostname: "gw01", appname: "clawmetry", msgid: "tool.call", msg: ` ${line}` })),
  ],
  [
    "rsyslog JSON of the raw message",
    each((line) => ({ msgid: "tool.call", rawmsg: `<134>1 - gw01 clawmetry 1 - - ${line}` })),
  ],
  ["syslog-ng JSON", each((line) => ({ PROGRAM: "clawmetry", PRIORITY: "info", MESSAGE: line, HOST: "gw01" }))],
  ["syslog-ng JSON with the own key message", each((line) => ({ PROGRAM: "clawmetry", message: line }))],
  [
    "a Splunk search",
    each((line, index) => ({
      preview: false,
      offset: index,
      result: { _raw: `<134>1 - - - - - - ${line}`, host: "gw01" },
    })),
  ],
  [
    "Splunk results at once",
    (lines) => [JSON.stringify({ preview: false, results: lines.map((line) => ({ _raw: line })) })],
  ],
  [
    "Elastic NDJSON with event.original",
    each((line) => ({ _index: "x", _source: { event: { original: line }, message: "Tool Call" } })),
  ],
  ["Elastic NDJSON with message", each((line) => ({ _index: "x", _source: { message: line } }))],
  ["Elastic fields", each((line) => ({ _id: "x", "event.original": [line] }))],
  [
    "an Elastic search",
    (lines) => [
      JSON.stringify({
        took: 1,
        hits: { total: { value: 3 }, hits: lines.map((line) => ({ _source: { message: line } })) },
      }),
    ],
  ],
  ["Elastic of a file of rsyslog JSON", each((line) => ({ _source: { message: JSON.stringify({ msg: line }) } }))],
  ["a JSON array", (lines) => [JSON.stringify(lines.map((line) => ({ _raw: line })))]],
  [
    "Splunk CSV",
    (lines) => ['"_serial","_raw",host', ...lines.map((line, index) => `${csv(String(index), line)},gw01`)],
  ],
  ["CSV with line breaks in other fields", (lines) => ["_raw,note", ...lines.map((line) => csv(line, 'a "b"\nc'))]],
  ["Splunk CSV of one column", (lines) => ["_raw", ...lines.map((line) => csv(line))]],
];

test.each(CONTAINERS)("%s is read", async (_name, wrap) => {
  for (const format of FORMATS) {
    const report = await reportOf(wrap(bodies(format)));
    expect(report).toMatchObject({ proven: true, nodes: [{ verified: 3 }], unreadable: [], foreign: [] });
  }
});

test("Elastic that keeps the fields of JSON and not the line is read", async () => {
  const lines = bodies("json").map(
    (line) => `{"_source":${line.slice(0, -1)},"@timestamp":"x","message":"Tool Call"}}`,
  );
  expect(await reportOf(lines)).toMatchObject({ proven: true, payloads: { verified: 3 } });
});

test("different formats in one input are read line by line", async () => {
  const [cef = "", json = ""] = [bodies("cef")[0], bodies("json")[1]];
  const lines = ["_raw,host", csv(cef, "gw01"), json, JSON.stringify({ msg: bodies("cef")[2] })];
  expect(await reportOf(lines)).toMatchObject({ proven: true, nodes: [{ verified: 3 }] });
});

test("the byte order mark and the line ends of Windows are no part of a line", async () => {
  const lines = bodies("cef").map((line) => `${line}\r`);
  expect(await reportOf([`\ufeff${String(lines[0])}`, ...lines.slice(1)])).toMatchObject({ proven: true });
});

test.each([
  ["no message", "hunter2"],
  ["a piece of CEF", "CEF:0|ClawMetry"],
  ["CEF that is damaged", "CEF:0|ClawMetry|clawmetry|1|1001|Tool Call|3|a=b=c"],
  ["a piece of JSON", '{"siem":{"schema":1'],
  ["a piece of JSON behind a header", '<134>1 - - - - - - {"siem":{"schema":1'],
  ["a syslog message with a piece of CEF", "<134>1 - - - - - - CEF:0"],
  ["JSON of another shape", '{"a":1}'],
  ["an export with a piece of CEF", '{"_raw":"CEF:0|ClawMetry"}'],
  ["JSON that is no object", "[1]"],
  ["JSON in JSON in JSON", `${'{"result":'.repeat(20)}{}${"}".repeat(20)}`],
])("%s is told as unreadable, without content", async (_name, line) => {
  const report = await reportOf([...bodies("cef"), line]);
  expect(report).toMatchObject({ proven: false, unreadable: [{ place: "-:4" }], foreign: [] });
  expect(report.unreadable[0]?.reason).not.toContain("hunter2");
});

test.each([
  ["CEF of another product", "<134>1 - - - - - - CEF:0|Other|product|1|1|x|3|act=y"],
  ["another syslog message", "<134>1 - gw01 sshd 1 - - Accepted"],
  ["another message in a file of rsyslog", "Nov 23 03:04:06 gw01 sshd[1]: Accepted"],
  ["another message in an export", '{"MESSAGE":"Accepted","PROGRAM":"sshd"}'],
])("%s is told, and leaves no proof open", async (_name, line) => {
  expect(await reportOf([...bodies("cef"), line])).toMatchObject({
    proven: true,
    unreadable: [],
    foreign: [{ place: "-:4" }],
  });
});

test("a search without results is no line that cannot be read", async () => {
  expect(await reportOf(['{"preview":false,"lastrow":true}', '{"hits":{"hits":[]}}'])).toMatchObject({
    lines: 2,
    unreadable: [],
  });
});

test("a field of CSV that does not end is told, and what comes later is read", async () => {
  const noise = Array.from({ length: 1100 }, () => "x");
  const lines = ["_raw", '"open', ...noise, ...bodies("cef").map((line) => csv(line))];
  const report = await reportOf(lines);
  expect(report.unreadable[0]).toEqual({ place: "-:1001", reason: "CSV: a quoted field does not end" });
  expect(report.nodes).toMatchObject([{ verified: 3 }]);
  expect((await reportOf([...bodies("cef"), "_raw", '"open'])).unreadable).toMatchObject([{ place: "-:5" }]);
});

test("no message of ours is taken for the header of a CSV file", async () => {
  const lines = bodies("cef").map((line) => line.replace("act=bash", "act=a,msg,_raw,b"));
  expect(await reportOf(lines)).toMatchObject({ proven: true, nodes: [{ verified: 3 }] });
});

test("the sample events are proven from either format, whatever their shape", async () => {
  const { events: stamped } = stampEvents(sampleEvents() as readonly AgentEvent[]);
  for (const format of FORMATS) {
    const { nodes, payloads } = await reportOf(chainedLines(stamped, { format, nowMs: Date.UTC(2026, 10, 23) }));
    expect(nodes.map(({ nodeId, altered, missing }) => [nodeId, altered, missing])).toEqual([
      ["mac-studio-7", [], []],
      ["ci-runner-12", [], []],
    ]);
    expect(payloads).toMatchObject(format === "cef" ? { cef: 41, altered: [] } : { verified: 41, altered: [] });
  }
});
