import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentSettings } from "@clawmetry/siem-exporter";
import { createCertificates } from "@clawmetry/siem-testkit";
import { expect, onTestFinished, test } from "vitest";
import { createFakeTerminal } from "../testing/fake-terminal.ts";
import { run } from "../run.ts";
import { configFlags } from "./config-flags.ts";
import { readSiemConfig } from "./read-siem-config.ts";

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
  ["hots", "host"],
  ["targtes", "targets"],
])("a mistyped %s in the file is told although no collector is named", async (given, meant) => {
  const file = await temporaryFile(JSON.stringify({ siem: { [given]: "siem.example" } }));
  const message = `clawmetry-siem: siem.${given} is not a setting, did you mean ${meant}?\n`;
  expect(await refused(["--config", file])).toBe(message);
});

test("what a flag needs is told by its flag", async () => {
  expect(await refused(["--host", "a:514"])).toMatch(/, got "a:514": the port is --port\n$/);
  expect(await refused(["--host", "a:1", "--protocol", "tls"], { CLAWMETRY_SIEM_PORT: "514" })).toMatch(
    /: the port is CLAWMETRY_SIEM_PORT\n$/,
  );
  expect(await refused(["--host", "a", "--protocol", "tls", "--tls-cert-file", "c.pem"])).toBe(
    "clawmetry-siem: --tls-cert-file needs --tls-key-file, which is not set\n",
  );
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

test("files of TLS are looked for before anything is sent, each under the name it was given by", async () => {
  const file = await temporaryFile('{"siem":{"tls":{"certFile":"/nowhere/us.pem"}}}');
  const args = ["--host", "127.0.0.1", "--protocol", "tls", "--tls-ca-file", "/nowhere/ca.pem", "--config", file];
  expect(await refused(args, { CLAWMETRY_SIEM_TLS_KEY_FILE: "hunter2" })).toBe(
    'clawmetry-siem: --tls-ca-file must be the path of a PEM file with certificates, or of a folder with such files, got "/nowhere/ca.pem": it cannot be read (ENOENT)\n' +
      'clawmetry-siem: siem.tls.certFile must be the path of a PEM file with certificates, got "/nowhere/us.pem": it cannot be read (ENOENT)\n' +
      "clawmetry-siem: CLAWMETRY_SIEM_TLS_KEY_FILE must be the path of a PEM file with a private key, got text that is not shown: it may hold a secret: it cannot be read (ENOENT)\n",
  );
});

test("the key of another certificate is told by the names of both", async () => {
  const certificates = await createCertificates();
  onTestFinished(certificates.remove);
  const args = ["--host", "127.0.0.1", "--protocol", "tls", "--tls-cert-file", certificates.client.certFile];
  expect(await refused(args, { CLAWMETRY_SIEM_TLS_KEY_FILE: certificates.otherClient.keyFile })).toBe(
    "clawmetry-siem: CLAWMETRY_SIEM_TLS_KEY_FILE must hold the private key of --tls-cert-file, and it holds another one\n",
  );
});

test("a variable that is no setting is refused", async () => {
  expect(await refused(["--host", "127.0.0.1"], { CLAWMETRY_SIEM_TLS_CA: "/etc/ca.pem" })).toBe(
    "clawmetry-siem: CLAWMETRY_SIEM_TLS_CA is not a setting, did you mean CLAWMETRY_SIEM_TLS_CA_FILE?\n",
  );
});

test("the names of choices count in any case of letters in flags and variables", async () => {
  const terminal = createFakeTerminal({ env: { CLAWMETRY_SIEM_SYSLOG: "None" } });
  const { config } = await readSiemConfig({ host: "127.0.0.1", format: "JSON", protocol: "TLS" }, terminal);
  expect(config).toMatchObject({ format: "json", protocol: "tcp-tls", syslog: "none" });
});

test.each([
  [{ host: "h", tlsCaFile: "ca.pem", protocol: "tls" }, {}, "tls.caFile", "--tls-ca-file"],
  [
    { host: "h", protocol: "tls" },
    { CLAWMETRY_SIEM_TLS_CA_FILE: "ca.pem" },
    "tls.caFile",
    "CLAWMETRY_SIEM_TLS_CA_FILE",
  ],
  [{}, { CLAWMETRY_SIEM_HOST: "h" }, "tls.caFile", "--tls-ca-file"],
  [{ host: "h" }, {}, "tls.keyPassphrase", "CLAWMETRY_SIEM_TLS_KEY_PASSPHRASE"],
])("with the flags %j and the variables %j, %s is called %s", async (options, env, path, name) => {
  const { nameOf } = await readSiemConfig(options, createFakeTerminal({ env }));
  expect(nameOf(path)).toBe(name);
});

test("a passphrase of the environment is never printed", async () => {
  const env = { CLAWMETRY_SIEM_HOST: "127.0.0.1", CLAWMETRY_SIEM_TLS_KEY_PASSPHRASE: "hunter2" };
  const lines = await refused([], env);
  expect(lines).toContain("CLAWMETRY_SIEM_TLS_KEY_PASSPHRASE");
  expect(lines).not.toContain("hunter2");
});
