import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { readCaFilesSync } from "@clawmetry/siem-transports/tls";
import { ConfigError, type ConfigProblem } from "./config-error.ts";
import { listTargets } from "./list-targets.ts";
import { type NameSetting } from "./name-settings.ts";
import { readSmallFile } from "./read-small-file.ts";
import { reopenConfig } from "./reopen-config.ts";
import { showPath } from "./show-value.ts";
import { type SiemConfig, type SiemTlsConfig } from "./siem-config.ts";

/** A file of the TLS settings that was read and understood. */
interface Loaded<T> {
  readonly text: string;
  readonly value: T;
}

type Report = (key: keyof SiemTlsConfig, fault: string) => void;

const AUTHORITIES = "a PEM file with certificates, or of a folder with such files";
const CERTIFICATES = "a PEM file with certificates";
const KEY = "a PEM file with a private key";

/**
 * Reads the files of the TLS settings of every target now, and throws one `ConfigError` for all that cannot be used: not there,
 * no PEM, a key of another certificate, a wrong passphrase. Names each setting with `nameOf` (default: its path, such as
 * `tls.caFile` or `targets[1].tls.caFile`) and shows its path, unless a secret may have landed there. Without TLS files it does
 * nothing.
 *
 * An exporter reads them again at every connect, so that they can be replaced while it runs, and takes a file that is not
 * there for one that will come. Synchronous, for regular files of at most 4 MiB, and for a folder of authorities.
 */
export function checkTlsFiles(config: SiemConfig, nameOf: NameSetting = (path) => path): void {
  const problems = new Map<string, ConfigProblem>();
  const checked = new Set<string>();
  for (const { settings, placeOf } of listTargets(reopenConfig(config))) {
    const { tls = {} } = settings;
    const nameIn: NameSetting = (path) => nameOf(placeOf(path));
    // Targets that share their files are checked once; another name for one of them is another problem.
    const files = JSON.stringify([tls, Object.keys(tls).map((key) => nameIn(`tls.${key}`))]);
    if (checked.has(files)) continue;
    checked.add(files);
    for (const problem of findTlsProblems(tls, nameIn)) problems.set(problem.message, problem);
  }
  if (problems.size > 0) throw new ConfigError([...problems.values()]);
}

function findTlsProblems(tls: SiemTlsConfig, nameOf: NameSetting): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const report: Report = (key, fault) => {
    const setting = nameOf(`tls.${key}`);
    problems.push({ setting, message: `${setting} ${fault}` });
  };
  const ca = loadAuthorities(tls.caFile, report);
  const cert = loadCertificate(tls.certFile, report);
  const key = loadKey(tls, report, nameOf);
  if (cert !== undefined && key !== undefined && !cert.value.checkPrivateKey(key.value)) {
    report("keyFile", `must hold the private key of ${nameOf("tls.certFile")}, and it holds another one`);
  }
  if (problems.length === 0) tryTogether(tls, { ca, cert: cert?.text, key: key?.text }, report);
  return problems;
}

function loadAuthorities(path: string | undefined, report: Report): string[] | undefined {
  if (path === undefined) return undefined;
  const found = readCaFilesSync(path);
  if ("certificates" in found) return [...found.certificates];
  report("caFile", unusable(AUTHORITIES, path, `it ${found.fault}`));
  return undefined;
}

function loadCertificate(path: string | undefined, report: Report): Loaded<X509Certificate> | undefined {
  const text = load("certFile", path, CERTIFICATES, report);
  if (path === undefined || text === undefined) return undefined;
  try {
    if (text.includes("CERTIFICATE-----")) return { text, value: new X509Certificate(text) };
  } catch {
    // told below, in our words: those of OpenSSL help nobody
  }
  report("certFile", unusable(CERTIFICATES, path, "it holds none"));
  return undefined;
}

function loadKey(
  { keyFile, keyPassphrase }: SiemTlsConfig,
  report: Report,
  nameOf: NameSetting,
): Loaded<KeyObject> | undefined {
  const text = load("keyFile", keyFile, KEY, report);
  if (keyFile === undefined || text === undefined) return undefined;
  const encrypted = /-----BEGIN ENCRYPTED |^Proc-Type: *4, *ENCRYPTED/m.test(text);
  if (encrypted && keyPassphrase === undefined) {
    report("keyFile", `is encrypted and needs ${nameOf("tls.keyPassphrase")}, which is not set`);
    return undefined;
  }
  try {
    return { text, value: createPrivateKey({ key: text, ...(keyPassphrase && { passphrase: keyPassphrase }) }) };
  } catch {
    if (encrypted)
      report("keyPassphrase", `must be what decrypts the key of ${nameOf("tls.keyFile")}, and it does not`);
    else report("keyFile", unusable(KEY, keyFile, "it holds none"));
    return undefined;
  }
}

function load(name: keyof SiemTlsConfig, path: string | undefined, kind: string, report: Report): string | undefined {
  if (path === undefined) return undefined;
  const file = readSmallFile(path);
  if ("text" in file) return file.text;
  report(name, unusable(kind, path, file.fault));
  return undefined;
}

function unusable(kind: string, path: string, fault: string): string {
  return `must be the path of ${kind}, got ${showPath(path)}: ${fault}`;
}

// What is left may be a key that this version of OpenSSL finds too short, or a hash too weak.
function tryTogether(
  { minVersion, keyPassphrase: passphrase }: SiemTlsConfig,
  files: { readonly ca: string[] | undefined; readonly cert: string | undefined; readonly key: string | undefined },
  report: Report,
): void {
  try {
    createSecureContext({ ...files, minVersion, passphrase });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    report(files.cert === undefined ? "caFile" : "certFile", `cannot be used for TLS (${code})`);
  }
}
