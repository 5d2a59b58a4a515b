import { UsageError } from "../usage-error.ts";
import { type ListenAddress, parseAddress } from "./parse-address.ts";

/** Addresses as they are given; true stands for the default one. */
export interface AddressOptions {
  readonly udp?: string | true;
  readonly tcp?: string | true;
  readonly tls?: string | true;
}

/** Addresses as they are used: at least one. */
export interface Addresses {
  readonly udp: ListenAddress | undefined;
  readonly tcp: ListenAddress | undefined;
  readonly tls: ListenAddress | undefined;
}

const DEFAULTS = { udp: "5514", tcp: "5514", tls: "6514" };

/** Where to listen: on loopback, UDP and TCP port 5514, unless told. Throws `UsageError` for what is no address. */
export function readAddresses({ udp, tcp, tls }: AddressOptions): Addresses {
  const none = udp === undefined && tcp === undefined && tls === undefined;
  const problems: string[] = [];
  const read = (protocol: keyof Addresses, given: string | true | undefined): ListenAddress | undefined => {
    if (given === undefined) return undefined;
    const address = parseAddress(given === true ? DEFAULTS[protocol] : given);
    if (address === undefined)
      problems.push(`--${protocol} must be PORT, HOST:PORT or [IPV6]:PORT, such as 127.0.0.1:5514`);
    return address;
  };
  const addresses = {
    udp: read("udp", none ? true : udp),
    tcp: read("tcp", none ? true : tcp),
    tls: read("tls", tls),
  };
  if (problems.length > 0) throw new UsageError(problems);
  return addresses;
}
