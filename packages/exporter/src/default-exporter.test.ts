import { captureUdp } from "@clawmetry/siem-testkit";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const VARIABLE = /^CLAWMETRY_SIEM_/;
const warnings: unknown[][] = [];

beforeEach(() => {
  warnings.length = 0;
  vi.spyOn(process, "emitWarning").mockImplementation((...warning: unknown[]) => {
    warnings.push(warning);
  });
  for (const name of Object.keys(process.env).filter((key) => VARIABLE.test(key))) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** The module as a process sees it that has just started. */
async function load(env: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(`CLAWMETRY_SIEM_${name}`, value);
  vi.resetModules();
  return import("./default-exporter.ts");
}

test("without a host nothing happens at all", async () => {
  const { forwardEvent, getDefaultExporter, closeDefaultExporter } = await load({ PORT: "bad" });
  const before = process.getActiveResourcesInfo();
  forwardEvent({ event_type: "tool.call" });
  expect(getDefaultExporter()).toBeUndefined();
  expect(await closeDefaultExporter()).toBeUndefined();
  expect(process.getActiveResourcesInfo()).toEqual(before);
  expect(warnings).toEqual([]);
});

test("with a host, events arrive, and close tells what became of them", async () => {
  const capture = await captureUdp();
  const { forwardEvent, getDefaultExporter, closeDefaultExporter } = await load({
    HOST: "127.0.0.1",
    PORT: String(capture.port),
    SYSLOG: "none",
  });
  forwardEvent({ id: "evt_1", event_type: "tool.call" });
  forwardEvent({ id: "evt_2", event_type: "tool.call" });
  await capture.waitFor(() => capture.messages.length === 2);
  expect(capture.messages.map((line) => /devicePayloadId=(\w+)/.exec(line)?.[1])).toEqual(["evt_1", "evt_2"]);
  expect(getDefaultExporter()).toBe(getDefaultExporter());
  expect(await closeDefaultExporter({ timeoutMs: 1000 })).toEqual({ sent: 2, dropped: 0, left: 0 });
  await capture.close();
});

test("after close it stays closed, and what comes is counted", async () => {
  const { forwardEvent, getDefaultExporter, closeDefaultExporter } = await load({ HOST: "127.0.0.1", PORT: "9" });
  getDefaultExporter();
  await closeDefaultExporter();
  forwardEvent({ event_type: "tool.call" });
  expect(getDefaultExporter()?.stats).toMatchObject({ state: "closed", accepted: 0, dropped: { closed: 1 } });
  expect(await closeDefaultExporter()).toEqual({ sent: 0, dropped: 0, left: 0 });
});

test("closed before the first use, it is never built", async () => {
  const { forwardEvent, getDefaultExporter, closeDefaultExporter } = await load({ HOST: "127.0.0.1" });
  expect(await closeDefaultExporter()).toBeUndefined();
  forwardEvent({ event_type: "tool.call" });
  expect(getDefaultExporter()).toBeUndefined();
});

test("importing reads nothing: the environment counts at the first use", async () => {
  const { getDefaultExporter, closeDefaultExporter } = await load({ HOST: "127.0.0.1", PORT: "bad" });
  expect(warnings).toEqual([]);
  vi.stubEnv("CLAWMETRY_SIEM_PORT", "1514");
  expect(getDefaultExporter()?.stats.targets[0]?.target).toBe("udp://127.0.0.1:1514");
  vi.stubEnv("CLAWMETRY_SIEM_PORT", "1515");
  expect(getDefaultExporter()?.stats.targets[0]?.target).toBe("udp://127.0.0.1:1514");
  await closeDefaultExporter();
});

test("a bad setting leaves it off, with one warning for all of them", async () => {
  const { forwardEvent, getDefaultExporter, closeDefaultExporter } = await load({
    HOST: "127.0.0.1",
    PORT: "5x",
    TLS_KEY_PASSPHRASE: "hunter2",
  });
  for (let count = 0; count < 3; count++) forwardEvent({ event_type: "tool.call" });
  expect(getDefaultExporter()).toBeUndefined();
  expect(await closeDefaultExporter()).toBeUndefined();
  expect(warnings).toEqual([
    [
      'SIEM export is off: CLAWMETRY_SIEM_PORT must be an integer from 1 to 65535, got "5x"; ' +
        "CLAWMETRY_SIEM_TLS_KEY_PASSPHRASE needs CLAWMETRY_SIEM_PROTOCOL to be tcp-tls or relp-tls, and it is udp; " +
        "CLAWMETRY_SIEM_TLS_KEY_PASSPHRASE needs CLAWMETRY_SIEM_TLS_KEY_FILE, which is not set",
      { type: "ClawMetryWarning", code: "CLAWMETRY_SIEM_CONFIG" },
    ],
  ]);
});

test("a TLS file that cannot be used leaves it off, with a warning that names variable and path", async () => {
  const { forwardEvent, getDefaultExporter } = await load({
    HOST: "127.0.0.1",
    PROTOCOL: "tcp-tls",
    TLS_CA_FILE: "/nowhere/ca.pem",
  });
  for (let count = 0; count < 3; count++) forwardEvent({ event_type: "tool.call" });
  expect(getDefaultExporter()).toBeUndefined();
  expect(warnings).toEqual([
    [
      "SIEM export is off: CLAWMETRY_SIEM_TLS_CA_FILE must be the path of a PEM file with certificates, or of a folder with such files, " +
        'got "/nowhere/ca.pem": it cannot be read (ENOENT)',
      { type: "ClawMetryWarning", code: "CLAWMETRY_SIEM_CONFIG" },
    ],
  ]);
});

test("TLS that was meant and misspelt does not become clear text", async () => {
  const { getDefaultExporter } = await load({ HOST: "127.0.0.1", TLS_CA: "/etc/ssl/ca.pem" });
  expect(getDefaultExporter()).toBeUndefined();
  expect(warnings).toEqual([
    [
      "SIEM export is off: CLAWMETRY_SIEM_TLS_CA is not a setting, did you mean CLAWMETRY_SIEM_TLS_CA_FILE?",
      { type: "ClawMetryWarning", code: "CLAWMETRY_SIEM_CONFIG" },
    ],
  ]);
});

test.each([null, undefined, 5, "text", () => 1])("forwardEvent takes %o without a word", async (value) => {
  const { forwardEvent, closeDefaultExporter } = await load({ HOST: "127.0.0.1", PORT: "9" });
  expect(() => {
    forwardEvent(value as never);
  }).not.toThrow();
  await closeDefaultExporter({ timeoutMs: 100 });
});
