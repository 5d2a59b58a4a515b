import { readFile, stat, writeFile } from "node:fs/promises";
import { readCode } from "../read-code.ts";
import { UsageError } from "../usage-error.ts";
import { isOwnCertificate } from "./create-self-signed.ts";

/**
 * Writes a certificate to a file, a pipe or a device. Overwrites only one that `createSelfSigned` made, of an earlier run, and
 * never a key or the authorities of a system. Rejects with `UsageError`.
 */
export async function writeCertificate(file: string, cert: string): Promise<void> {
  try {
    await writeFile(file, cert, { flag: "wx" });
  } catch (error) {
    if (readCode(error) !== "EEXIST") throw unwritable(error);
    await replaceCertificate(file, cert).catch((reason: unknown) => {
      throw reason instanceof UsageError ? reason : unwritable(reason);
    });
  }
}

async function replaceCertificate(file: string, cert: string): Promise<void> {
  const present = (await stat(file)).isFile() ? await readFile(file, "utf8") : undefined;
  if (present === cert) return;
  if (present !== undefined && !isOwnCertificate(present)) {
    throw new UsageError([
      "--write-cert: the file exists and holds no certificate of this command: it is left as it is",
    ]);
  }
  await writeFile(file, cert);
}

function unwritable(error: unknown): UsageError {
  return new UsageError([`--write-cert: the file cannot be written (${readCode(error)})`]);
}
