import { type StreamSettings } from "./stream-options.ts";

/**
 * Connect options by which every address of a name is tried, IPv6 and IPv4 in turn (RFC 8305). A quarter of the time goes
 * to each address: the 250 ms of Node.js would rule out distant hosts.
 */
export function addressChoice({ connectTimeoutMs }: StreamSettings): {
  readonly autoSelectFamily: true;
  readonly autoSelectFamilyAttemptTimeout: number;
} {
  return { autoSelectFamily: true, autoSelectFamilyAttemptTimeout: Math.max(10, Math.ceil(connectTimeoutMs / 4)) };
}
