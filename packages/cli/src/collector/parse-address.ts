/** Where a server listens. */
export interface ListenAddress {
  readonly host: string;
  /** 0: one that the system chooses. */
  readonly port: number;
}

const DEFAULT_HOST = "127.0.0.1";
const ADDRESS = /^(?:(?:\[(?<ipv6>[0-9A-Fa-f:.]+)\]|(?<host>[A-Za-z0-9._-]+)):)?(?<port>\d{1,5})$/;

/** Reads `PORT`, `HOST:PORT` or `[IPV6]:PORT`. Without a host: 127.0.0.1. Undefined for anything else. */
export function parseAddress(text: string): ListenAddress | undefined {
  const { ipv6, host = DEFAULT_HOST, port } = ADDRESS.exec(text)?.groups ?? {};
  const number = Number(port ?? NaN);
  return number <= 65_535 ? { host: ipv6 ?? host, port: number } : undefined;
}

/** The form that `parseAddress` reads. */
export function formatAddress({ host, port }: ListenAddress): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
