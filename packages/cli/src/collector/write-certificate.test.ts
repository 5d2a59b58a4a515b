import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCertificates } from "@clawmetry/siem-testkit";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { createSelfSigned } from "./create-self-signed.ts";
import { writeCertificate } from "./write-certificate.ts";

const certificates = await createCertificates();
afterAll(certificates.remove);
const one = await createSelfSigned();
const other = await createSelfSigned();

async function fileWith(text?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "siem-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "collector.pem");
  if (text !== undefined) await writeFile(file, text);
  return file;
}

test.each([
  ["nothing", undefined],
  ["the certificate of an earlier run", other.cert],
  ["the same certificate", one.cert],
])("a certificate is written where there is %s", async (_name, present) => {
  const file = await fileWith(present);
  await writeCertificate(file, one.cert);
  expect(await readFile(file, "utf8")).toBe(one.cert);
});

test.each([
  ["a key", one.key],
  ["a certificate and its key", one.cert + one.key],
  ["several certificates", one.cert + other.cert],
  ["a certificate of someone else", certificates.ca.cert],
  ["something else", "notes\n"],
  ["an empty file", ""],
])("%s is not overwritten", async (_name, present) => {
  const file = await fileWith(present);
  await expect(writeCertificate(file, one.cert)).rejects.toThrow(
    "--write-cert: the file exists and holds no certificate of this command: it is left as it is",
  );
  expect(await readFile(file, "utf8")).toBe(present);
});

test("a device has nothing to overwrite", async () => {
  await expect(writeCertificate("/dev/null", one.cert)).resolves.toBeUndefined();
});

test("a folder in the place of the file is told", async () => {
  await expect(writeCertificate(tmpdir(), one.cert)).rejects.toThrow(
    "--write-cert: the file cannot be written (EISDIR)",
  );
});

test("a folder that is not there is told", async () => {
  await expect(writeCertificate("/nowhere/collector.pem", one.cert)).rejects.toThrow(
    "--write-cert: the file cannot be written (ENOENT)",
  );
});
