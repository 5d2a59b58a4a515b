import { readFile } from "node:fs/promises";
import { type Socket } from "node:net";
import { findSendQueue } from "./find-send-queue.ts";

/**
 * How many bytes the kernel holds for the peer of a connected socket, sent or not, which the peer has not acknowledged.
 * Nothing elsewhere than on Linux, or when the table of the kernel cannot be read. Never rejects.
 */
export async function readSendQueue(socket: Socket): Promise<number | undefined> {
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  if (process.platform !== "linux" || localPort === undefined || remotePort === undefined) return undefined;
  if (localAddress === undefined || remoteAddress === undefined) return undefined;
  // An IPv4 address that is written as an IPv6 address is reached through a socket of IPv6, and stands in its table.
  const file = localAddress.includes(":") ? "/proc/net/tcp6" : "/proc/net/tcp";
  const table = await readFile(file, "latin1").catch(() => "");
  return findSendQueue(table, { address: localAddress, port: localPort }, { address: remoteAddress, port: remotePort });
}
