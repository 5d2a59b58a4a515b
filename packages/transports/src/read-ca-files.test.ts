import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCertificates } from "@clawmetry/siem-testkit";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { readCaFilesSync } from "./read-ca-files-sync.ts";
import { readCaFiles } from "./read-ca-files.ts";

const { ca, otherCa, client, remove } = await createCertificates();
afterAll(remove);
const [one, other, third] = [ca.cert.trim(), otherCa.cert.trim(), client.cert.trim()];
const BROKEN = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

async function makeFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "siem-ca-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

describe.each([
  ["readCaFiles", readCaFiles],
  ["readCaFilesSync", (path: string) => Promise.resolve(readCaFilesSync(path))],
])("%s", (_name, read) => {
  test("takes every certificate of a file, each once, and passes over what is between them", async () => {
    const text = `# the first\r\n${one}\n${BROKEN}${client.key}\n${other}\n${one.replaceAll("\n", "\r\n")}\n`;
    const folder = await makeFolder({ "ca.pem": text });
    expect(await read(join(folder, "ca.pem"))).toEqual({ certificates: [one, other] });
  });

  test("takes the labels that OpenSSL takes", async () => {
    const text = one.replaceAll("CERTIFICATE", "X509 CERTIFICATE");
    const folder = await makeFolder({ "ca.pem": text });
    expect(await read(join(folder, "ca.pem"))).toEqual({ certificates: [text] });
  });

  test("takes the files of a folder in the order of their names, each certificate once", async () => {
    const folder = await makeFolder({ "b.pem": `${other}\n${one}`, "a.crt": one, "10": third, "key.pem": client.key });
    expect(await read(folder)).toEqual({ certificates: [third, one, other] });
  });

  test("follows links, and passes over hidden files, sub-folders, links to nothing and files above 4 MiB", async () => {
    const folder = await makeFolder({ ".hidden": third, "large.pem": third });
    await truncate(join(folder, "large.pem"), 4 * 1024 * 1024 + 1);
    await mkdir(join(folder, "more"));
    await writeFile(join(folder, "more", "third.pem"), third);
    await symlink(ca.certFile, join(folder, "9d66eef0.0"));
    await symlink(join(folder, "more"), join(folder, "linked"));
    await symlink("nowhere", join(folder, "gone.0"));
    await symlink("loop", join(folder, "loop"));
    expect(await read(folder)).toEqual({ certificates: [one] });
  });

  test.each([
    [{}, "is a folder in which no file holds a PEM certificate"],
    [{ "key.pem": client.key, readme: "none here" }, "is a folder in which no file holds a PEM certificate"],
  ])("finds fault with a folder without a certificate: %o", async (files, fault) => {
    expect(await read(await makeFolder(files))).toEqual({ fault });
  });

  test.each([
    ["", "holds no PEM certificate"],
    [client.key, "holds no PEM certificate"],
    [BROKEN, "holds no PEM certificate"],
  ])("finds fault with a file without a certificate", async (text, fault) => {
    const folder = await makeFolder({ "ca.pem": text });
    expect(await read(join(folder, "ca.pem"))).toEqual({ fault });
  });

  test("finds fault with a file above 4 MiB", async () => {
    const folder = await makeFolder({ "ca.pem": one });
    await truncate(join(folder, "ca.pem"), 4 * 1024 * 1024 + 1);
    expect(await read(join(folder, "ca.pem"))).toEqual({ fault: "is larger than 4 MiB" });
  });

  test("finds fault with what is not there, and tells no path", async () => {
    expect(await read("/nowhere/ca.pem")).toEqual({ fault: "cannot be read (ENOENT)" });
  });
});

test("a file that is no regular file is not waited for at the start", () => {
  expect(readCaFilesSync("/dev/null")).toEqual({ fault: "is no regular file and no folder" });
});
