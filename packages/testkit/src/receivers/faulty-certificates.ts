import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CertificateFiles, issueCertificate, type ReceiverCertificates } from "./receiver-certificates.ts";
import { configurationFile } from "./receiver-files.ts";
import { runProgram } from "./run-program.ts";

const DAY_MS = 86_400_000;

/** Certificates that a client or a receiver must refuse. */
export interface FaultyCertificates {
  /** For other.test only. */
  readonly serverWrongName: CertificateFiles;
  /** Ended an hour ago. */
  readonly serverExpired: CertificateFiles;
  /** Begins tomorrow. */
  readonly serverFuture: CertificateFiles;
  /** Right but for its authority, which nobody knows. */
  readonly serverUnknownCa: CertificateFiles;
  /** Right in every way, and not the one that a pin names. */
  readonly serverUnpinned: CertificateFiles;
  /** Ended an hour ago. */
  readonly clientExpired: CertificateFiles;
  /** Right but for its authority, which nobody knows. */
  readonly clientUnknownCa: CertificateFiles;
}

/** Issues them with the authority of `certificates` and with an unknown one, into their folder, which removes them. */
export async function makeFaultyCertificates({ folder, ca }: ReceiverCertificates): Promise<FaultyCertificates> {
  const filesOf = (name: string) => ({ certFile: join(folder, `${name}.pem`), keyFile: join(folder, `${name}.key`) });
  const unknown = filesOf("unknown-ca");
  await issueCertificate("ca", "SIEM test CA", unknown);
  const made: FaultyCertificates = {
    serverWrongName: filesOf("server-wrong-name"),
    serverExpired: filesOf("server-expired"),
    serverFuture: filesOf("server-future"),
    serverUnknownCa: filesOf("server-unknown-ca"),
    serverUnpinned: filesOf("server-unpinned"),
    clientExpired: filesOf("client-expired"),
    clientUnknownCa: filesOf("client-unknown-ca"),
  };
  const now = Date.now();
  const past = { startMs: now - DAY_MS, endMs: now - DAY_MS / 24 };
  const future = { startMs: now + DAY_MS, endMs: now + 2 * DAY_MS };
  await issueCertificate("wrong_name", "localhost", made.serverWrongName, ca);
  await issueCertificate("server", "localhost", made.serverUnknownCa, unknown);
  await issueCertificate("server", "localhost", made.serverUnpinned, ca);
  await issueCertificate("client", "exporter.test", made.clientUnknownCa, unknown);
  await issueDated("server", "localhost", made.serverExpired, ca, past, folder);
  await issueDated("server", "localhost", made.serverFuture, ca, future, folder);
  await issueDated("client", "exporter.test", made.clientExpired, ca, past, folder);
  return made;
}

interface Validity {
  readonly startMs: number;
  readonly endMs: number;
}

// `openssl ca` alone takes both dates before OpenSSL 3.4, and it wants a database.
async function issueDated(
  extensions: string,
  commonName: string,
  files: CertificateFiles,
  ca: CertificateFiles,
  { startMs, endMs }: Validity,
  folder: string,
): Promise<void> {
  const desk = join(folder, `desk-${startMs}-${commonName}`);
  await mkdir(desk);
  const request = join(desk, "request.pem");
  const configuration = join(desk, "ca.cnf");
  await writeFile(join(desk, "index"), "");
  await writeFile(join(desk, "serial"), "1000");
  await writeFile(
    configuration,
    `[desk]\ndatabase = ${desk}/index\nserial = ${desk}/serial\npolicy = policy\n[policy]\ncommonName = supplied\n`,
  );
  await runProgram("openssl", [
    ...["req", "-new", "-config", configurationFile("openssl.cnf"), "-newkey", "rsa:2048", "-nodes", "-sha256"],
    ...["-subj", `/CN=${commonName}`, "-keyout", files.keyFile, "-out", request],
  ]);
  await runProgram("openssl", [
    ...["ca", "-batch", "-notext", "-md", "sha256", "-config", configuration, "-name", "desk"],
    ...["-cert", ca.certFile, "-keyfile", ca.keyFile, "-outdir", desk, "-in", request, "-out", files.certFile],
    ...["-extfile", configurationFile("openssl.cnf"), "-extensions", extensions],
    ...["-startdate", derTime(startMs), "-enddate", derTime(endMs)],
  ]);
}

// YYYYMMDDHHMMSSZ
function derTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().replace(/\D/g, "").slice(0, 14)}Z`;
}
