import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** A port that was free a moment ago, for each name. All are held until the last is found, so no two are the same. */
export async function freePorts<Name extends string>(
  protocols: Readonly<Record<Name, "udp" | "tcp">>,
): Promise<Record<Name, number>> {
  const names = Object.keys(protocols) as Name[];
  const held = await Promise.all(names.map((name) => (protocols[name] === "udp" ? holdUdp() : holdTcp())));
  const ports = Object.fromEntries(names.map((name, index) => [name, held[index]?.port])) as Record<Name, number>;
  await Promise.all(held.map((hold) => hold.release()));
  return ports;
}

interface Hold {
  readonly port: number;
  readonly release: () => Promise<unknown>;
}

// Bound to every address: a port that is free on 127.0.0.1 alone may be taken on ::1.
async function holdTcp(): Promise<Hold> {
  const server = createServer();
  server.listen(0);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { port, release: () => once(server.close(), "close") };
}

async function holdUdp(): Promise<Hold> {
  const socket = createSocket("udp6");
  socket.bind(0);
  await once(socket, "listening");
  return { port: socket.address().port, release: () => once(socket.close(), "close") };
}
