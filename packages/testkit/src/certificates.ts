import { X509Certificate } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";

const DAY_MS = 86_400_000;

/** A certificate and its key, as text and as files. */
export interface TestCertificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  readonly certFile: string;
  readonly keyFile: string;
  /** SHA-256 of the certificate, in hex with colons. */
  readonly fingerprint256: string;
}

/** Certificates for every case that a TLS client must tell apart. */
export interface TestCertificates {
  /** Signs all but `otherCa`, `otherClient`, `weak` and those that signed themselves. */
  readonly ca: TestCertificate;
  readonly otherCa: TestCertificate;
  /** For localhost, 127.0.0.1 and ::1, as are all servers but `wrongName`. */
  readonly server: TestCertificate;
  /** For wrong.example only. */
  readonly wrongName: TestCertificate;
  readonly expired: TestCertificate;
  /** Valid from ten days hence. */
  readonly notYetValid: TestCertificate;
  /** Its own authority, with an RSA key of 768 bits. */
  readonly weak: TestCertificate;
  /** Its own authority. */
  readonly selfSigned: TestCertificate;
  /** Its own authority, and for wrong.example only. */
  readonly selfSignedWrongName: TestCertificate;
  /** Its own authority, and out of date. */
  readonly selfSignedExpired: TestCertificate;
  readonly client: TestCertificate;
  /** Like `client`, with a key that `passphrase` decrypts. */
  readonly encryptedClient: TestCertificate & { readonly passphrase: string };
  /** Signed by `otherCa`. */
  readonly otherClient: TestCertificate;
  /** Deletes the files. */
  readonly remove: () => Promise<void>;
}

interface Wish {
  readonly issuer?: TestCertificate;
  readonly isAuthority?: boolean;
  readonly names?: readonly string[];
  readonly ageDays?: number;
  readonly passphrase?: string;
  /** Bits of an RSA key, instead of an EC key. */
  readonly rsaBits?: number;
}

const LOCAL = ["localhost", "127.0.0.1", "::1"];

/** Makes all certificates, with EC keys where nothing else is said, and writes them to a new temporary folder. */
export async function createCertificates(): Promise<TestCertificates> {
  const folder = await mkdtemp(join(tmpdir(), "siem-certificates-"));
  const make = (name: string, wish: Wish): Promise<TestCertificate> => makeCertificate(folder, name, wish);
  const ca = await make("ca", { isAuthority: true });
  const otherCa = await make("other-ca", { isAuthority: true });
  const passphrase = "correct horse";
  return {
    ca,
    otherCa,
    server: await make("server", { issuer: ca, names: LOCAL }),
    wrongName: await make("wrong-name", { issuer: ca, names: ["wrong.example"] }),
    expired: await make("expired", { issuer: ca, names: LOCAL, ageDays: 30 }),
    notYetValid: await make("not-yet-valid", { issuer: ca, names: LOCAL, ageDays: -11 }),
    weak: await make("weak", { names: LOCAL, rsaBits: 768 }),
    selfSigned: await make("self-signed", { names: LOCAL }),
    selfSignedWrongName: await make("self-signed-wrong-name", { names: ["wrong.example"] }),
    selfSignedExpired: await make("self-signed-expired", { names: LOCAL, ageDays: 30 }),
    client: await make("client", { issuer: ca, names: ["client.example"] }),
    encryptedClient: {
      ...(await make("encrypted-client", { issuer: ca, names: ["client.example"], passphrase })),
      passphrase,
    },
    otherClient: await make("other-client", { issuer: otherCa, names: ["client.example"] }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

// Valid for 20 days, from a day before `ageDays` ago.
async function makeCertificate(folder: string, name: string, wish: Wish): Promise<TestCertificate> {
  const { issuer, isAuthority = false, names = [], ageDays = 0, passphrase, rsaBits } = wish;
  const start = Date.now() - (ageDays + 1) * DAY_MS;
  const altNames = names.map((text) =>
    /[:\d]$/.test(text) ? { type: 7 as const, ip: text } : { type: 2 as const, value: text },
  );
  const made = await generate([{ name: "commonName", value: `test ${name}` }], {
    ...(rsaBits === undefined ? { keyType: "ec" } : { keyType: "rsa", keySize: rsaBits }),
    algorithm: "sha256",
    notBeforeDate: new Date(start),
    notAfterDate: new Date(start + 20 * DAY_MS),
    extensions: [
      { name: "basicConstraints", cA: isAuthority, critical: true },
      { name: "keyUsage", digitalSignature: true, keyCertSign: isAuthority, critical: true },
      ...(altNames.length === 0 ? [] : [{ name: "subjectAltName" as const, altNames }]),
    ],
    ...(issuer === undefined ? {} : { ca: { key: issuer.key, cert: issuer.cert } }),
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  const certFile = join(folder, `${name}.crt`);
  const keyFile = join(folder, `${name}.key`);
  await Promise.all([writeFile(certFile, made.cert), writeFile(keyFile, made.private, { mode: 0o600 })]);
  const { fingerprint256 } = new X509Certificate(made.cert);
  return { cert: made.cert, key: made.private, certFile, keyFile, fingerprint256 };
}
