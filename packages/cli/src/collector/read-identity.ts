import { readFile } from "node:fs/promises";
import { X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { readCode } from "../read-code.ts";
import { UsageError } from "../usage-error.ts";
import { createSelfSigned, type SelfSigned } from "./create-self-signed.ts";
import { writeCertificate } from "./write-certificate.ts";

/** Where the certificate of a collector comes from. */
export interface IdentityOptions {
  /** PEM files, both or none. Without them a certificate is made. */
  readonly cert?: string;
  readonly key?: string;
  /** Where to write the certificate, for those who should trust it. What is no certificate of ours is not overwritten. */
  readonly writeCert?: string;
}

/** The certificate of the collector on `host`, read or made. Rejects with `UsageError` for files that do not work. */
export async function readIdentity({ cert, key, writeCert }: IdentityOptions, host: string): Promise<SelfSigned> {
  if ((cert === undefined) !== (key === undefined)) throw new UsageError(["--cert and --key go together"]);
  const identity =
    cert === undefined || key === undefined
      ? await createSelfSigned(host)
      : checked(await read("--cert", cert), await read("--key", key));
  if (writeCert !== undefined) await writeCertificate(writeCert, identity.cert);
  return identity;
}

async function read(flag: string, path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: unknown) => {
    throw new UsageError([`${flag}: the file cannot be read (${readCode(error)})`]);
  });
}

function checked(cert: string, key: string): SelfSigned {
  try {
    createSecureContext({ cert, key });
    return { cert, key, fingerprint256: new X509Certificate(cert).fingerprint256 };
  } catch (error) {
    throw new UsageError([`--cert and --key: they do not fit together or hold no PEM (${readCode(error)})`]);
  }
}
