import { type Capture, captureTcp } from "@clawmetry/siem-testkit";
import { expect, onTestFinished, test, vi } from "vitest";
import { runScript, type ScriptEnd } from "../test/run-script.ts";
import { closeOnExit, type CloseOnExitOptions } from "./close-on-exit.ts";

/** Runs a daemon until it ends. */
async function runDaemon(
  ending: string,
  port: number | "bad",
  env: Readonly<Record<string, string>> = {},
): Promise<ScriptEnd> {
  return runScript("daemon.ts", [ending], {
    CLAWMETRY_SIEM_HOST: "127.0.0.1",
    CLAWMETRY_SIEM_PORT: String(port),
    CLAWMETRY_SIEM_PROTOCOL: "tcp",
    ...env,
  });
}

async function start(): Promise<Capture> {
  const capture = await captureTcp();
  onTestFinished(capture.close);
  return capture;
}

function idsOf(capture: Capture): readonly (string | undefined)[] {
  return capture.messages.map((line) => /devicePayloadId=(\w+)/.exec(line)?.[1]).sort();
}

test.each([
  ["by a signal", { code: null, signal: "SIGTERM", out: "" }, ["evt_1"]],
  ["by a signal for which it listens", { code: 0, signal: null, out: "" }, ["evt_last"]],
  ["with nothing left to do", { code: 0, signal: null, out: "closed\n" }, ["evt_1"]],
  ["with two exporters", { code: null, signal: "SIGTERM", out: "" }, ["evt_1", "evt_2"]],
])("a daemon that ends %s has sent everything", async (ending, end, ids) => {
  const capture = await start();
  expect(await runDaemon(ending, capture.port)).toEqual({ ...end, err: "" });
  await capture.waitFor(() => capture.messages.length >= ids.length);
  expect(idsOf(capture)).toEqual(ids);
});

test.each([
  ["after its time", "SIGHUP"],
  ["by a second signal", "SIGINT"],
  ["after the listeners were taken away", "SIGTERM"],
])("without a collector, a daemon ends %s", async (ending, signal) => {
  const capture = await captureTcp();
  await capture.close();
  expect(await runDaemon(ending, capture.port)).toEqual({ code: null, signal, out: "", err: "" });
});

test("a daemon that has nothing to send sends heartbeats from its start", async () => {
  const capture = await start();
  const end = await runDaemon("before it sent anything", capture.port, { CLAWMETRY_SIEM_HEARTBEAT_SECONDS: "1" });
  expect(end).toEqual({ code: null, signal: "SIGTERM", out: "", err: "" });
  await capture.waitFor(() => capture.messages.length === 1);
  expect(capture.messages[0]).toContain(" siem.heartbeat - CEF:0|ClawMetry|clawmetry|1|9006|Heartbeat|");
});

test("a bad configuration is told at the start, although nothing is sent", async () => {
  const { code, out, err } = await runDaemon("with a bad configuration", "bad");
  expect({ code, out }).toEqual({ code: 0, out: "" });
  expect(err).toContain(
    '[CLAWMETRY_SIEM_CONFIG] ClawMetryWarning: SIEM export is off: CLAWMETRY_SIEM_PORT must be an integer from 1 to 65535, got "bad"\n',
  );
});

test("what was left is told before the process ends, and a listener that throws changes nothing", async () => {
  const capture = await captureTcp();
  await capture.close();
  expect(await runDaemon("with a word on what was left", capture.port)).toEqual({
    code: null,
    signal: "SIGTERM",
    out: "{ sent: 0, dropped: 0, left: 1 }\n",
    err: "",
  });
});

test.each<[CloseOnExitOptions, string]>([
  [{ timeoutMs: -1 }, "timeoutMs must be a number of at least 0, got -1"],
  [{ timeoutMs: NaN }, "timeoutMs must be a number of at least 0, got NaN"],
  [{ timeoutMs: "5000" as never }, "timeoutMs must be a number of at least 0, got string"],
  [{ signals: "SIGTERM" as never }, "signals must be a list of signals such as SIGTERM, got string"],
  [
    { signals: ["SIGTERM", "SIGTREM" as never] },
    "signals[1] must be the name of a signal of this system, such as SIGTERM, got string",
  ],
  [
    { signals: ["toString" as never] },
    "signals[0] must be the name of a signal of this system, such as SIGTERM, got string",
  ],
  [{ onClosed: true as never }, "onClosed must be a function, got true"],
])("the options %o are refused", (options, message) => {
  const before = process.listenerCount("beforeExit");
  expect(() => closeOnExit(options)).toThrow(expect.objectContaining({ name: "OptionError", message }));
  expect(process.listenerCount("beforeExit")).toBe(before);
});

test("the function that it gives takes every listener away", () => {
  const names = ["SIGTERM", "SIGINT", "beforeExit"];
  const before = names.map((name) => process.listenerCount(name));
  const stop = closeOnExit();
  expect(names.map((name) => process.listenerCount(name))).toEqual(before.map((count) => count + 1));
  stop();
  stop();
  expect(names.map((name) => process.listenerCount(name))).toEqual(before);
});

test("a signal for which nobody can listen is told in a warning", () => {
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  onTestFinished(() => {
    warn.mockRestore();
  });
  closeOnExit({ signals: ["SIGKILL"] })();
  expect(warn.mock.calls).toEqual([
    [
      "the SIEM exporter is not closed on SIGKILL: no process can listen for it",
      { type: "ClawMetryWarning", code: "CLAWMETRY_SIEM_SIGNAL" },
    ],
  ]);
});
