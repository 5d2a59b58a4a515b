import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";

/** A certificate for 127.0.0.1 that is its own authority, in PEM files. */
export interface SinkCertificate {
  readonly certFile: string;
  readonly keyFile: string;
  /** Deletes the files. */
  readonly remove: () => Promise<void>;
}

/** Makes one, with an EC key, in a new temporary folder. */
export async function makeCertificate(): Promise<SinkCertificate> {
  const folder = await mkdtemp(join(tmpdir(), "siem-bench-"));
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  const certFile = join(folder, "sink.crt");
  const keyFile = join(folder, "sink.key");
  await Promise.all([writeFile(certFile, cert), writeFile(keyFile, key, { mode: 0o600 })]);
  return { certFile, keyFile, remove: () => rm(folder, { recursive: true, force: true }) };
}
