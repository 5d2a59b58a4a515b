import { OptionError } from "@clawmetry/siem-core";
import { readFingerprints } from "./read-fingerprints.ts";
import { requireMilliseconds } from "./require-milliseconds.ts";
import { type StreamOptions } from "./stream-options.ts";

/** Who the server must be, and who we are. Files are PEM, and read again at every connect. */
export interface TlsIdentityOptions {
  /**
   * Certificates of the authorities that may have signed the server's: a file, or a folder of which every regular file that
   * holds some is taken (`readCaFiles`). Default: those that Node.js brings.
   */
  readonly caFile?: string;
  /** Our certificate, for a server that asks for one. Goes with `keyFile`. */
  readonly certFile?: string;
  /** The private key of `certFile`. */
  readonly keyFile?: string;
  /** What `keyFile` is encrypted with. */
  readonly keyPassphrase?: string;
  /** The name or IP address that the server's certificate must hold. Default: the host. */
  readonly servername?: string;
  /**
   * SHA-256 of the server's own certificate in hex, with or without colons and a prefix `SHA256:` or `sha-256:` (RFC 5425
   * §4.2.2). Several, in a list or separated by commas or white space, are for a certificate that is about to change: any
   * may match. Asked for in addition to everything else. Without `caFile`, a match also stands in for the authority of a
   * certificate that signed itself.
   */
  readonly fingerprint256?: string | readonly string[];
  /** Oldest version of TLS to speak. Default `TLSv1.2`. */
  readonly minVersion?: "TLSv1.2" | "TLSv1.3";
}

/** Options of `tlsTransport`. */
export interface TlsOptions extends StreamOptions {
  /** Default 6514. */
  readonly port?: number;
  readonly tls?: TlsIdentityOptions;
  /**
   * How long to wait after the handshake whether the server refuses us after all, in milliseconds. Over TLS 1.3, its first
   * session ticket ends the wait. Default 1000.
   */
  readonly settleMs?: number;
}

/** TLS options with the defaults filled in. */
export interface TlsSettings extends Omit<TlsIdentityOptions, "fingerprint256"> {
  readonly servername: string;
  /** Each 64 hex digits in capitals. At least one, or absent. */
  readonly pins?: readonly string[];
  readonly minVersion: "TLSv1.2" | "TLSv1.3";
  readonly settleMs: number;
}

/** Fills in the defaults and throws `OptionError` for values that cannot work. */
export function resolveTlsOptions({ host, tls = {}, settleMs = 1000 }: TlsOptions): TlsSettings {
  for (const name of ["caFile", "certFile", "keyFile"] as const) {
    if (tls[name] === "") throw new OptionError(`tls.${name}`, "the name of a file", tls[name]);
  }
  requireTogether("tls.certFile", tls.certFile, "tls.keyFile", tls.keyFile);
  if (tls.keyPassphrase !== undefined && tls.keyFile === undefined) {
    throw new OptionError("tls.keyFile", "set when tls.keyPassphrase is", tls.keyFile);
  }
  const { servername = host, minVersion = "TLSv1.2", fingerprint256, ...files } = tls;
  if (servername === "") throw new OptionError("tls.servername", "a host name or an IP address", servername);
  if (!["TLSv1.2", "TLSv1.3"].includes(minVersion)) {
    throw new OptionError("tls.minVersion", '"TLSv1.2" or "TLSv1.3"', minVersion);
  }
  const pins = fingerprint256 === undefined ? {} : { pins: readFingerprints(fingerprint256) };
  return { ...files, ...pins, servername, minVersion, settleMs: requireMilliseconds("settleMs", settleMs) };
}

function requireTogether(name: string, value: unknown, otherName: string, other: unknown): void {
  if (value !== undefined && other === undefined) throw new OptionError(otherName, `set when ${name} is`, other);
  if (value === undefined && other !== undefined) throw new OptionError(name, `set when ${otherName} is`, value);
}
