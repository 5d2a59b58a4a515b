import { execFileSync } from "node:child_process";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createCertificates } from "@clawmetry/siem-testkit";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { checkTlsFiles } from "./check-tls-files.ts";
import { ConfigError } from "./config-error.ts";
import { nameSettings } from "./name-settings.ts";
import { readConfig } from "./read-config.ts";
import { type SiemTlsConfig } from "./siem-config.ts";

const certificates = await createCertificates();
afterAll(certificates.remove);
const { ca, client, otherClient, encryptedClient } = certificates;

function problemsOf(tls: SiemTlsConfig, nameOf?: (path: string) => string): readonly string[] {
  try {
    checkTlsFiles({ host: "siem.example", protocol: "tcp-tls", tls }, nameOf);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).problems.map(({ message }) => message);
  }
}

async function temporaryFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "siem-files-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "file.pem");
  await writeFile(file, text);
  return file;
}

test.each<[string, SiemTlsConfig | undefined]>([
  ["no TLS settings", undefined],
  ["no files", { servername: "siem.example" }],
  ["authorities", { caFile: ca.certFile }],
  ["certificate and key", { certFile: client.certFile, keyFile: client.keyFile }],
  [
    "an encrypted key with its passphrase",
    {
      certFile: encryptedClient.certFile,
      keyFile: encryptedClient.keyFile,
      keyPassphrase: encryptedClient.passphrase,
    },
  ],
])("%s can be used", (_name, tls) => {
  expect(() => {
    checkTlsFiles({ host: "siem.example", protocol: "tcp-tls", tls });
  }).not.toThrow();
});

test("several certificates in a file can be used", async () => {
  const caFile = await temporaryFile(`# ours\n${ca.cert}\n${client.cert}`);
  expect(problemsOf({ caFile })).toEqual([]);
});

test("every file that is not there is named at once", () => {
  const tls = { caFile: "/nowhere/ca.pem", certFile: "/nowhere/us.pem", keyFile: "/nowhere/us.key" };
  expect(problemsOf(tls, (path) => `<${path}>`)).toEqual([
    '<tls.caFile> must be the path of a PEM file with certificates, or of a folder with such files, got "/nowhere/ca.pem": it cannot be read (ENOENT)',
    '<tls.certFile> must be the path of a PEM file with certificates, got "/nowhere/us.pem": it cannot be read (ENOENT)',
    '<tls.keyFile> must be the path of a PEM file with a private key, got "/nowhere/us.key": it cannot be read (ENOENT)',
  ]);
});

test.each([
  ["text", "hunter2"],
  ["a key", client.key],
  ["damaged text", "-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----\n"],
])("%s is no certificate", async (_name, text) => {
  const caFile = await temporaryFile(text);
  expect(problemsOf({ caFile })).toEqual([
    `tls.caFile must be the path of a PEM file with certificates, or of a folder with such files, got "${caFile}": it holds no PEM certificate`,
  ]);
});

test("a certificate is no key", () => {
  expect(problemsOf({ certFile: client.certFile, keyFile: client.certFile })).toEqual([
    `tls.keyFile must be the path of a PEM file with a private key, got "${client.certFile}": it holds none`,
  ]);
});

test("the key of another certificate is told", () => {
  expect(problemsOf({ certFile: client.certFile, keyFile: otherClient.keyFile })).toEqual([
    "tls.keyFile must hold the private key of tls.certFile, and it holds another one",
  ]);
});

test("a wrong passphrase is told and not shown", () => {
  const { certFile, keyFile } = encryptedClient;
  expect(problemsOf({ certFile, keyFile, keyPassphrase: "hunter2" })).toEqual([
    "tls.keyPassphrase must be what decrypts the key of tls.keyFile, and it does not",
  ]);
});

test("a passphrase that is missing is told", () => {
  const { certFile, keyFile } = encryptedClient;
  expect(problemsOf({ certFile, keyFile })).toEqual([
    "tls.keyFile is encrypted and needs tls.keyPassphrase, which is not set",
  ]);
});

test("a folder of authorities can be used, one without a certificate cannot", async () => {
  const full = dirname(await temporaryFile(ca.cert));
  const empty = dirname(await temporaryFile("hunter2"));
  expect(problemsOf({ caFile: full })).toEqual([]);
  expect(problemsOf({ caFile: empty })).toEqual([
    `tls.caFile must be the path of a PEM file with certificates, or of a folder with such files, got "${empty}": it is a folder in which no file holds a PEM certificate`,
  ]);
});

test("a pipe, a folder in the place of a certificate and a file of 5 MiB are not read", async () => {
  const big = await temporaryFile("");
  await truncate(big, 5 * 1024 * 1024);
  const pipe = `${big}.pipe`;
  execFileSync("mkfifo", [pipe]);
  expect(problemsOf({ caFile: pipe, certFile: tmpdir(), keyFile: big })).toEqual([
    `tls.caFile must be the path of a PEM file with certificates, or of a folder with such files, got "${pipe}": it is no regular file and no folder`,
    `tls.certFile must be the path of a PEM file with certificates, got "${tmpdir()}": it is no regular file`,
    `tls.keyFile must be the path of a PEM file with a private key, got "${big}": it is larger than 4 MiB`,
  ]);
});

test.each([
  client.key.trim().replaceAll("\n", " "),
  client.key.split("\n").slice(1, -2).join(""),
  client.key.split("\n").slice(1, -2).join(" "),
  "ab".repeat(32),
  "hunter2",
])("what may be a key or a passphrase in the place of a path is not shown: %s", (keyFile) => {
  const [message = ""] = problemsOf({ keyFile, certFile: client.certFile });
  expect(message).toMatch(
    /^tls\.keyFile must be the path of a PEM file with a private key, got text that is not shown: it may hold a secret: it cannot be read \(E\w+\)$/,
  );
});

test("the path of a secret in a container is shown", () => {
  expect(problemsOf({ certFile: client.certFile, keyFile: "/run/secrets/clawmetry_siem_client_key" })).toEqual([
    'tls.keyFile must be the path of a PEM file with a private key, got "/run/secrets/clawmetry_siem_client_key": ' +
      "it cannot be read (ENOENT)",
  ]);
});

/** The problems of a configuration as `readConfig` gives it, under the names that the user gave. */
function problemsOfSection(section: object, env: NodeJS.ProcessEnv = {}): readonly string[] {
  const config = readConfig(env, section);
  if (config === undefined) throw new Error("there is no configuration");
  try {
    checkTlsFiles(config, nameSettings(env, section));
    return [];
  } catch (error) {
    return (error as ConfigError).problems.map(({ setting }) => setting);
  }
}

test.each([
  [
    "its own",
    { protocol: "tls", targets: [{ host: "a" }, { host: "b", tls: { caFile: "/nowhere" } }] },
    ["siem.targets[1].tls.caFile"],
  ],
  [
    "its own, alone",
    { protocol: "tls", targets: [{ host: "a", tls: { caFile: "/nowhere" } }] },
    ["siem.targets[0].tls.caFile"],
  ],
  [
    "that of all",
    { protocol: "tls", tls: { caFile: "/nowhere" }, targets: [{ host: "a" }, { host: "b" }] },
    ["siem.tls.caFile"],
  ],
  [
    "that of all hosts",
    { protocol: "tls", tls: { caFile: "/nowhere" }, host: "a,b", mode: "all" },
    ["siem.tls.caFile"],
  ],
  [
    "another for each",
    {
      protocol: "tls",
      mode: "all",
      targets: [
        { host: "a", tls: { caFile: "/nowhere/a" } },
        { host: "b", tls: { caFile: "/nowhere/b" } },
      ],
    },
    ["siem.targets[0].tls.caFile", "siem.targets[1].tls.caFile"],
  ],
])("with several targets, a file is told where it was set: %s", (_name, section, settings) => {
  expect(problemsOfSection(section)).toEqual(settings);
});

test("with hosts of the environment, targets of the section have no say in names", () => {
  const env = { CLAWMETRY_SIEM_HOST: "a,b", CLAWMETRY_SIEM_TLS_CA_FILE: "/nowhere", CLAWMETRY_SIEM_PROTOCOL: "tls" };
  const section = { targets: [{ host: "c", tls: { caFile: "/nowhere" } }] };
  expect(problemsOfSection(section, env)).toEqual(["CLAWMETRY_SIEM_TLS_CA_FILE"]);
});

test("the targets of a configuration in code are checked too", () => {
  const targets = [
    { host: "a", tls: { caFile: ca.certFile } },
    { host: "b", tls: { certFile: "/nowhere" } },
  ];
  expect(() => {
    checkTlsFiles({ protocol: "tcp-tls", targets });
  }).toThrow(/^targets\[1\]\.tls\.certFile must be the path of a PEM file with certificates, got "\/nowhere"/);
});
