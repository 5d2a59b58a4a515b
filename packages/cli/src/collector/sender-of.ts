import { type Socket } from "node:net";
import { formatAddress } from "./parse-address.ts";

/** Address and port of the peer of a connection. Those of a socket that was closed are not known any more. */
export function senderOf({ remoteAddress = "unknown", remotePort = 0 }: Socket): string {
  return formatAddress({ host: remoteAddress, port: remotePort });
}
