import { BlockList, isIP } from "node:net";

/** Whether a host, as an address or `localhost`, is this machine alone: 127.0.0.0/8 or ::1. */
export function isLoopback(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return host.toLowerCase() === "localhost";
  const loopback = new BlockList();
  loopback.addSubnet("127.0.0.0", 8, "ipv4");
  loopback.addAddress("::1", "ipv6");
  return loopback.check(host, version === 4 ? "ipv4" : "ipv6");
}

/** The host of a `Host` header, without its port and brackets. Empty when it has none. */
export function hostOf(header: string): string {
  const { ipv6, name = "" } = HOST.exec(header)?.groups ?? {};
  return ipv6 ?? name;
}

const HOST = /^(?:\[(?<ipv6>[^\]]*)\]|(?<name>[^:]*))(?::\d*)?$/;
