import { type Transport, type TransportError } from "@clawmetry/siem-core";
import { handshakeRefusal } from "./handshake-refusal.ts";
import { openTcp } from "./open-tcp.ts";
import { openTls } from "./open-tls.ts";
import { readCode } from "./read-code.ts";
import { openingFailure } from "./relp/relp-failure.ts";
import { type RelpOptions, type RelpSettings, resolveRelpOptions } from "./relp/relp-options.ts";
import { relpOverStream } from "./relp/relp-over-stream.ts";
import { resolveTlsOptions, type TlsIdentityOptions } from "./tls-options.ts";

export type { Lookup } from "./lookup.ts";
export type { RelpOptions } from "./relp/relp-options.ts";
export type { TlsIdentityOptions } from "./tls-options.ts";

/** Options of `relpTlsTransport`. */
export interface RelpTlsOptions extends RelpOptions {
  readonly tls?: TlsIdentityOptions;
}

/**
 * Sends syslog over RELP, the Reliable Event Logging Protocol of rsyslog, unencrypted. The server answers every message: a send
 * resolves when all are acknowledged, and after a break only those that were not are to be sent again. Connects on the first send
 * and again after a failure. Throws `OptionError` for an option that cannot work.
 */
export function relpTransport(options: RelpOptions): Transport {
  const settings = resolveRelpOptions(options);
  return relpOverStream(settings, {
    open: (signal) => openTcp(settings, signal),
    toFailure: (cause) => endedFailure(settings, cause),
  });
}

/**
 * The same over TLS. Certificate and host name of the server are always checked, as by `tlsTransport`. Throws `OptionError` for
 * an option that cannot work.
 */
export function relpTlsTransport(options: RelpTlsOptions): Transport {
  const settings = resolveRelpOptions(options);
  const identity = resolveTlsOptions(options);
  return relpOverStream(settings, {
    open: (signal) => openTls(settings, identity, signal),
    toFailure: (cause) => handshakeRefusal(settings.endpoint, cause),
  });
}

function endedFailure({ endpoint }: RelpSettings, cause: unknown): TransportError {
  const reason = cause === undefined ? "end" : readCode(cause);
  const advice = "the server ended the connection; the port may not speak RELP, or want relp-tls";
  return openingFailure(endpoint, "connect", `${advice} (${reason})`, cause);
}
