import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configurationFile } from "./receiver-files.ts";
import { runProgram } from "./run-program.ts";

/** A certificate and its key, both PEM. */
export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Absolute paths: the receivers change their folder. */
export interface ReceiverCertificates {
  /** Where all files are. */
  readonly folder: string;
  /** The one CA, which issued all of them. */
  readonly ca: CertificateFiles;
  /** The certificate of `ca`. */
  readonly caFile: string;
  /** For localhost, 127.0.0.1 and ::1. */
  readonly server: CertificateFiles;
  /** For exporter.test, which the mutual inputs let in. */
  readonly client: CertificateFiles;
  /** For intruder.test, which they do not. */
  readonly intruder: CertificateFiles;
  readonly remove: () => Promise<void>;
}

/** Issues certificates that are valid for a day, with the openssl command (3.0 or newer), into a new temporary folder. */
export async function makeReceiverCertificates(): Promise<ReceiverCertificates> {
  const folder = await mkdtemp(join(tmpdir(), "siem-receiver-certificates-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const filesOf = (name: string) => ({ certFile: join(folder, `${name}.pem`), keyFile: join(folder, `${name}.key`) });
  try {
    const ca = filesOf("ca");
    await issueCertificate("ca", "SIEM test CA", ca);
    const [server, client, intruder] = [filesOf("server"), filesOf("client"), filesOf("intruder")];
    await issueCertificate("server", "localhost", server, ca);
    await issueCertificate("client", "exporter.test", client, ca);
    await issueCertificate("intruder", "intruder.test", intruder, ca);
    return { folder, ca, caFile: ca.certFile, server, client, intruder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Issues one that is valid for a day, with a section of openssl.cnf. Without `ca` it signs itself. */
export async function issueCertificate(
  extensions: string,
  commonName: string,
  files: CertificateFiles,
  ca?: CertificateFiles,
): Promise<void> {
  await runProgram("openssl", [
    ...["req", "-x509", "-config", configurationFile("openssl.cnf"), "-extensions", extensions],
    ...["-newkey", "rsa:2048", "-nodes", "-sha256", "-days", "1", "-subj", `/CN=${commonName}`],
    ...(ca === undefined ? [] : ["-CA", ca.certFile, "-CAkey", ca.keyFile]),
    ...["-keyout", files.keyFile, "-out", files.certFile],
  ]);
}
