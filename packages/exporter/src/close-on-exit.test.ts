import { type Capture, captureTcp } from "@clawmetry/siem-testkit";
import { expect, onTestFinished, test, vi } from "vitest";
import { runScript, type ScriptEnd } from "../test/run-script.ts";
import { closeOnExit } from "./close-on-exit.ts";

/** Runs a daemon until it ends. */
async function runDaemon(ending: string, port: number): Promise<ScriptEnd> {
  return runScript("daemon.ts", [ending], {
    CLAWMETRY_SIEM_HOST: "127.0.0.1",
    CLAWMETRY_SIEM_PORT: String(port),
    CLAWMETRY_SIEM_PROTOCOL: "tcp",
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
