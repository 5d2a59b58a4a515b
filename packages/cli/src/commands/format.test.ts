import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { ndjson, toolCall } from "../testing/events.ts";
import { createFakeTerminal } from "../testing/fake-terminal.ts";
import { run } from "../run.ts";

const FIXED = ["--hostname", "gw01"];

test("it prints what would be sent, needs no collector, and sends nothing", async () => {
  const terminal = createFakeTerminal({ input: ndjson(toolCall("a")) });
  expect(await run(["format", ...FIXED], terminal)).toBe(0);
  expect(terminal.out()).toBe(
    "<134>1 2026-11-23T03:04:06.678Z gw01 clawmetry - tool.call - CEF:0|ClawMetry|clawmetry|1|1001|Tool Call|3|" +
      "externalId=a devicePayloadId=a cat=tool.call act=bash dvchost=gw01 cs1Label=sessionId cs1=s1 " +
      "ClawmetrySeq=1 ClawmetryBoot=00000000 msg=ls ClawmetryChanged=agent_id,agent_type,node_id,workspace_id " +
      "rt=1795403046678\n",
  );
  expect(terminal.err()).toBe("");
});

test("flags win over the environment, which wins over the file", async () => {
  const terminal = createFakeTerminal({
    input: ndjson(toolCall("a")),
    env: { CLAWMETRY_SIEM_APPNAME: "environment", CLAWMETRY_SIEM_FACILITY: "local1" },
  });
  expect(await run(["format", ...FIXED, "--app-name", "flag", "--syslog", "rfc3164"], terminal)).toBe(0);
  expect(terminal.out()).toMatch(/^<142>Nov 23 03:04:06 gw01 flag: CEF:0/);
});

test("a bad line is told and skipped", async () => {
  const terminal = createFakeTerminal({ input: `hunter2\n${ndjson(toolCall("a"))}` });
  expect(await run(["format", ...FIXED], terminal)).toBe(1);
  expect(terminal.err()).toBe("-:1: not JSON\n");
  expect(terminal.out().split("\n")).toHaveLength(2);
});

test("with --strict nothing is printed after the first bad line", async () => {
  const terminal = createFakeTerminal({ input: `{\n${ndjson(toolCall("a"))}` });
  expect(await run(["format", "--strict"], terminal)).toBe(1);
  expect(terminal.out()).toBe("");
});

test("an event that cannot be shortened enough is told instead of printed", async () => {
  const event = { ...toolCall("a"), chain_hash: "f".repeat(600) };
  const terminal = createFakeTerminal({ input: ndjson(event) });
  expect(await run(["format", "--max-message-bytes", "480"], terminal)).toBe(1);
  expect(terminal.err()).toBe("-:1: the line cannot be shortened to 480 bytes: it would not be sent\n");
  expect(terminal.out()).toBe("");
});

test("a reader that goes after one line ends it quietly", async () => {
  const input = ndjson(...Array.from({ length: 1000 }, (_, index) => toolCall(`e${index}`)));
  let lines = 0;
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => {
      lines += 1;
      done(lines === 1 ? null : Object.assign(new Error("broken pipe"), { code: "EPIPE" }));
    },
  });
  const terminal = createFakeTerminal({ input });
  expect(await run(["format"], { ...terminal, stdout })).toBe(0);
  expect(terminal.err()).toBe("");
  expect(lines).toBe(2);
});

test("a full disk is no reader that went", async () => {
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => {
      done(Object.assign(new Error("no space"), { code: "ENOSPC" }));
    },
  });
  const terminal = createFakeTerminal({ input: ndjson(toolCall("a"), toolCall("b")) });
  expect(await run(["format"], { ...terminal, stdout })).toBe(1);
  expect(terminal.err()).toBe("standard output cannot be written (ENOSPC)\n");
});
