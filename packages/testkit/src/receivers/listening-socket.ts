import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A socket that a receiver must own before it counts as ready. */
export interface ListeningSocket {
  readonly protocol: "udp" | "tcp";
  readonly port: number;
}

const LISTEN = "0A";

/**
 * Those of `sockets` that process `pid` has not bound (UDP) or does not listen on (TCP). Read from the kernel's tables, so
 * that no probe connection disturbs the receiver. Whose socket it is matters: rsyslog starts without a port that it could
 * not bind, and a daemon left over from another run would answer in its place.
 */
export function missingSockets(pid: number, sockets: readonly ListeningSocket[]): ListeningSocket[] {
  const own = socketInodes(pid);
  const udp = boundPorts("udp", own);
  const tcp = boundPorts("tcp", own);
  return sockets.filter(({ protocol, port }) => !(protocol === "udp" ? udp : tcp).has(port));
}

function socketInodes(pid: number): ReadonlySet<string> {
  const folder = `/proc/${pid}/fd`;
  const inodes = new Set<string>();
  for (const descriptor of existsSync(folder) ? readdirSync(folder) : []) {
    const inode = /^socket:\[(\d+)\]$/.exec(linkTarget(`${folder}/${descriptor}`))?.[1];
    if (inode !== undefined) inodes.add(inode);
  }
  return inodes;
}

function linkTarget(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ""; // closed since the folder was read
  }
}

// Columns of proc(5), /proc/net/tcp: 1 is address:port in hexadecimal, 3 the state, 9 the inode.
function boundPorts(protocol: "udp" | "tcp", own: ReadonlySet<string>): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const table of [`/proc/net/${protocol}`, `/proc/net/${protocol}6`]) {
    for (const row of readFileSync(table, "utf8").split("\n").slice(1)) {
      const columns = row.trim().split(/\s+/);
      if (!own.has(columns[9] ?? "") || (protocol === "tcp" && columns[3] !== LISTEN)) continue;
      ports.add(parseInt(columns[1]?.split(":")[1] ?? "", 16));
    }
  }
  return ports;
}
