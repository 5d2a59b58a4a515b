import { OptionError } from "@clawmetry/siem-core";

/** A destination whose host and port were checked. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** As people write it, for messages: an IPv6 address is in brackets. */
  readonly label: string;
}

/** Checks a host and a port. Throws `OptionError` for a host that no resolver could take, or a port outside 1–65535. */
export function resolveEndpoint(host: string, port: number): Endpoint {
  if (typeof host !== "string" || !/^[^\s/@[\]\p{Cc}]{1,255}$/u.test(host)) {
    throw new OptionError("host", "a host name or an IP address without brackets", host);
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new OptionError("port", "an integer from 1 to 65535", port);
  }
  return { host, port, label: host.includes(":") ? `[${host}]:${port}` : `${host}:${port}` };
}
