import { readFile } from "node:fs/promises";
import { createSecureContext, type SecureContext, type SecureContextOptions } from "node:tls";
import { TransportError } from "@clawmetry/siem-core";
import { type Endpoint } from "./endpoint.ts";
import { readCaFiles } from "./read-ca-files.ts";
import { readCode } from "./read-code.ts";
import { type TlsSettings } from "./tls-options.ts";

/**
 * Reads the files of the TLS options into what a handshake needs. Rejects with `TransportError` that names the option and
 * the reason, never a path or what is in a file: a key may have landed in the wrong option.
 */
export async function readCredentials(settings: TlsSettings, endpoint: Endpoint): Promise<SecureContext> {
  const { minVersion, caFile, certFile, keyFile, keyPassphrase } = settings;
  const options: SecureContextOptions = { minVersion };
  if (caFile !== undefined) options.ca = await readAuthorities(endpoint, caFile);
  if (certFile !== undefined && keyFile !== undefined) {
    options.cert = await read(endpoint, "tls.certFile", certFile);
    options.key = await read(endpoint, "tls.keyFile", keyFile);
    if (keyPassphrase !== undefined) options.passphrase = keyPassphrase;
  }
  try {
    return createSecureContext(options);
  } catch (cause) {
    const names = ["tls.caFile", "tls.certFile", "tls.keyFile", "tls.keyPassphrase"] as const;
    const used = names.filter((name) => settings[name.slice("tls.".length) as keyof TlsSettings] !== undefined);
    throw unusable(endpoint, `${used.join(", ")}: they do not fit together or hold no PEM (${readCode(cause)})`);
  }
}

async function readAuthorities(endpoint: Endpoint, path: string): Promise<string[]> {
  const found = await readCaFiles(path);
  if ("fault" in found) throw unusable(endpoint, `the file of tls.caFile ${found.fault}`);
  return [...found.certificates];
}

async function read(endpoint: Endpoint, option: string, path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw unusable(endpoint, `the file of ${option} cannot be read (${readCode(cause)})`);
  }
  const kind = option === "tls.keyFile" ? "PRIVATE KEY" : "CERTIFICATE";
  if (!text.includes(`${kind}-----`))
    throw unusable(endpoint, `the file of ${option} holds no PEM ${kind.toLowerCase()}`);
  return text;
}

// Without a cause: those of the file system and of OpenSSL name the path.
function unusable(endpoint: Endpoint, reason: string): TransportError {
  return new TransportError(`cannot connect to ${endpoint.label}: ${reason}`, { code: "connect", retryable: true });
}
