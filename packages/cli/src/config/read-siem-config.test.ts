import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentSettings } from "@clawmetry/siem-exporter";
import { expect, onTestFinished, test } from "vitest";
import { createFakeTerminal } from "../testing/fake-terminal.ts";
import { run } from "../run.ts";
import { configFlags } from "./config-flags.ts";

async function temporaryFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "siem-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "config.json");
  await writeFile(file, text);
  return file;
}

async function refused(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const terminal = createFakeTerminal({ env });
  expect(await run(["forward", ...args], terminal)).toBe(2);
  expect(terminal.out()).toBe("");
  return terminal.err();
}

test("every setting but the passphrase has a flag", () => {
  const without = environmentSettings.filter(({ variable }) => configFlags.every((flag) => flag.variable !== variable));
  expect(without.map(({ variable }) => variable)).toEqual(["CLAWMETRY_SIEM_TLS_KEY_PASSPHRASE"]);
  expect(configFlags.map(({ flag }) => flag).slice(0, 7)).toEqual([
    "--host",
    "--port",
    "--protocol",
    "--format",
    "--facility",
    "--app-name",
    "--syslog",
  ]);
});

test("without a collector it says where one can be named", async () => {
  expect(await refused([])).toBe(
    "clawmetry-siem: no collector: set --host, CLAWMETRY_SIEM_HOST or siem.host in the file of --config\n",
  );
});

test("every bad setting is one line, under the name it was given by", async () => {
  const file = await temporaryFile('{"siem":{"host":"127.0.0.1","framing":"none"}}');
  const lines = await refused(["--config", file, "--port", "0"], { CLAWMETRY_SIEM_FORMAT: "leef" });
  expect(lines.trimEnd().split("\n").sort()).toEqual([
    "clawmetry-siem: --port must be an integer from 1 to 65535, got 0",
    'clawmetry-siem: CLAWMETRY_SIEM_FORMAT must be cef or json, got "leef"',
    'clawmetry-siem: siem.framing must be newline or octet-counting, got "none"',
  ]);
});

test.each([
  ["no file", undefined, "cannot be read (ENOENT)"],
  ["no JSON", "{hunter2", "is not JSON"],
  ["no section", '{"host":"hunter2"}', "must hold an object with the section siem"],
  ["no object", '"siem"', "must hold an object with the section siem"],
])("a configuration file with %s is refused without its content", async (_name, text, reason) => {
  const file = text === undefined ? "/nowhere/config.json" : await temporaryFile(text);
  expect(await refused(["--config", file])).toBe(`clawmetry-siem: --config: ${file} ${reason}\n`);
});

test("files of TLS are looked for before anything is sent, and their paths are not printed", async () => {
  const args = ["--host", "127.0.0.1", "--protocol", "tls", "--tls-ca-file", "/nowhere/hunter2"];
  expect(await refused(args)).toBe("clawmetry-siem: the file of tls.caFile cannot be read (ENOENT)\n");
});

test("a passphrase of the environment is never printed", async () => {
  const env = { CLAWMETRY_SIEM_HOST: "127.0.0.1", CLAWMETRY_SIEM_TLS_KEY_PASSPHRASE: "hunter2" };
  const lines = await refused([], env);
  expect(lines).toContain("CLAWMETRY_SIEM_TLS_KEY_PASSPHRASE");
  expect(lines).not.toContain("hunter2");
});
