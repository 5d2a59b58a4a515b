import { execFileSync } from "node:child_process";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCertificates } from "@clawmetry/siem-testkit";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { checkTlsFiles } from "./check-tls-files.ts";
import { ConfigError } from "./config-error.ts";
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
    '<tls.caFile> must be the path of a PEM file with certificates, got "/nowhere/ca.pem": it cannot be read (ENOENT)',
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
    `tls.caFile must be the path of a PEM file with certificates, got "${caFile}": it holds none`,
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

test("a folder, a pipe and a file of 5 MiB are not read", async () => {
  const big = await temporaryFile("");
  await truncate(big, 5 * 1024 * 1024);
  const pipe = `${big}.pipe`;
  execFileSync("mkfifo", [pipe]);
  expect(problemsOf({ caFile: tmpdir(), certFile: pipe, keyFile: big })).toEqual([
    `tls.caFile must be the path of a PEM file with certificates, got "${tmpdir()}": it is no regular file`,
    `tls.certFile must be the path of a PEM file with certificates, got "${pipe}": it is no regular file`,
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
