import { randomBytes, X509Certificate } from "node:crypto";
import { isIP } from "node:net";

/** A certificate that is its own authority, and its key. */
export interface SelfSigned {
  /** PEM. Who trusts it as an authority trusts the server that shows it. */
  readonly cert: string;
  /** PEM. Not encrypted: it stays in memory. */
  readonly key: string;
  /** SHA-256 of the certificate, in hex with colons. */
  readonly fingerprint256: string;
}

const COMMON_NAME = "clawmetry-siem listen";
const OWN_SUBJECT = new RegExp(`^CN=${COMMON_NAME} [0-9a-f]{8}$`);
const DAY_MS = 86_400_000;
const VALID_DAYS = 30;
const NAMES = ["localhost", "127.0.0.1", "::1"];

/**
 * Makes a new EC certificate for localhost, 127.0.0.1, ::1 and `host`, valid from an hour ago for 30 days. Its subject is its own,
 * because OpenSSL finds an issuer by the subject: of two authorities with the same, it would try the first only.
 */
export async function createSelfSigned(host = "localhost"): Promise<SelfSigned> {
  const startMs = Date.now() - DAY_MS / 24;
  const names = [...new Set([...NAMES, host])];
  const { generate } = await import("selfsigned"); // half of our start-up time, and needed by one option only
  const commonName = `${COMMON_NAME} ${randomBytes(4).toString("hex")}`;
  const { cert, private: key } = await generate([{ name: "commonName", value: commonName }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(startMs),
    notAfterDate: new Date(startMs + VALID_DAYS * DAY_MS),
    extensions: [
      { name: "basicConstraints", cA: true, pathLenConstraint: 0, critical: true },
      { name: "keyUsage", digitalSignature: true, keyCertSign: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: names.map((name) =>
          isIP(name) === 0 ? { type: 2 as const, value: name } : { type: 7 as const, ip: name },
        ),
      },
    ],
  });
  return { cert, key, fingerprint256: new X509Certificate(cert).fingerprint256 };
}

/** Whether a text is the PEM of one certificate that `createSelfSigned` made, and nothing else. */
export function isOwnCertificate(text: string): boolean {
  if (text.split("-----BEGIN ").length !== 2) return false;
  try {
    return OWN_SUBJECT.test(new X509Certificate(text).subject);
  } catch {
    return false; // it is no certificate at all
  }
}
