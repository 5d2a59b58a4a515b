import { lookup } from "node:dns/promises";
import { OptionError } from "@clawmetry/siem-core";
import { type Endpoint, resolveEndpoint } from "./endpoint.ts";
import { type Lookup } from "./lookup.ts";
import { requireMilliseconds } from "./require-milliseconds.ts";

/** Options of `udpTransport`. */
export interface UdpOptions {
  /** Host name or IP address. */
  readonly host: string;
  /** Default 514. */
  readonly port?: number;
  /** Longest message in bytes. Default and upper bound: 65 507 to an IPv4 address, 65 527 to an IPv6 address. */
  readonly maxDatagramBytes?: number;
  /** How often the name is looked up again while messages flow, in milliseconds. Default 60 000. */
  readonly lookupIntervalMs?: number;
  /** How the name becomes addresses. Default: the resolver of the system. */
  readonly lookup?: Lookup;
}

/** UDP options with the defaults filled in. */
export interface UdpSettings {
  readonly endpoint: Endpoint;
  readonly maxDatagramBytes: number;
  readonly lookupIntervalMs: number;
  readonly lookup: Lookup;
}

/** Fills in the defaults and throws `OptionError` for values that cannot work. */
export function resolveUdpOptions(options: UdpOptions): UdpSettings {
  const { maxDatagramBytes = 65_527, lookupIntervalMs = 60_000 } = options;
  if (!Number.isInteger(maxDatagramBytes) || maxDatagramBytes < 1 || maxDatagramBytes > 65_527) {
    throw new OptionError("maxDatagramBytes", "an integer from 1 to 65527", maxDatagramBytes);
  }
  return {
    endpoint: resolveEndpoint(options.host, options.port ?? 514),
    maxDatagramBytes,
    lookupIntervalMs: requireMilliseconds("lookupIntervalMs", lookupIntervalMs),
    lookup: options.lookup ?? ((host) => lookup(host, { all: true })),
  };
}
