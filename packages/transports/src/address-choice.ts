import { type TcpSocketConnectOpts } from "node:net";
import { toLookupFunction } from "./lookup.ts";
import { type StreamSettings } from "./stream-options.ts";

/**
 * Options of `connect` by which every address of a name is tried, IPv6 and IPv4 in turn (RFC 8305). A quarter of the time
 * goes to each but the last: the 250 ms of Node.js would rule out distant hosts.
 */
export function addressChoice({ endpoint, connectTimeoutMs, lookup }: StreamSettings): TcpSocketConnectOpts {
  const { host, port } = endpoint;
  const attemptMs = Math.max(10, Math.ceil(connectTimeoutMs / 4)); // Node.js takes no less than 10
  return {
    host,
    port,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: attemptMs,
    ...(lookup === undefined ? {} : { lookup: toLookupFunction(lookup) }),
  };
}
