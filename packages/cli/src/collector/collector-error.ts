import { readCode } from "../read-code.ts";
import { formatAddress, type ListenAddress } from "./parse-address.ts";
import { type CollectorProtocol } from "./received-frame.ts";

/** A collector cannot listen where it was told to. The message names the protocol, the address and the reason. */
export class CollectorError extends Error {
  override readonly name = "CollectorError";
  /** Such as `EADDRINUSE`. */
  readonly code: string;

  constructor(transport: CollectorProtocol, address: ListenAddress, cause: unknown) {
    super(`cannot listen on ${transport} ${formatAddress(address)} (${readCode(cause)})`, { cause });
    this.code = readCode(cause);
  }
}
