import { once } from "node:events";
import { type AddressInfo, type Server, type Socket } from "node:net";
import { createDeframer, FramingSyntaxError } from "@clawmetry/siem-syslog";
import { readCode } from "../read-code.ts";
import { formatAddress, type ListenAddress } from "./parse-address.ts";
import { type CollectorEvents, type CollectorServer } from "./received-frame.ts";

/** What the servers of streams differ in. */
export interface StreamKind {
  readonly transport: "tcp" | "tls";
  /** The event with which the server gives a socket that is ready to read. */
  readonly ready: "connection" | "secureConnection";
}

const MAX_FRAME_BYTES = 1024 * 1024;
const MAX_CONNECTIONS = 64;

/**
 * Listens for streams in either framing of RFC 6587. At most 64 connections with frames of at most 1 MiB: memory is bounded. A
 * malformed stream ends its own connection only. Rejects with the error of the kernel when it cannot listen.
 */
export async function listenStream(
  server: Server,
  { transport, ready }: StreamKind,
  address: ListenAddress,
  events: CollectorEvents,
): Promise<CollectorServer> {
  const sockets = new Set<Socket>();
  let closing: Promise<void> | undefined;

  function follow(socket: Socket): void {
    sockets.add(socket);
    socket.on("error", () => undefined); // before TLS is ready nobody else listens
    socket.on("close", () => sockets.delete(socket));
  }

  async function serve(socket: Socket): Promise<void> {
    const from = senderOf(socket);
    socket.on("error", () => undefined); // the loop that reads it sees every error that matters
    const fault = await readStream(socket, (bytes) => events.onFrame({ transport, from, bytes }));
    socket.destroy();
    if (fault !== undefined && closing === undefined) events.onFault({ transport, from, ...fault });
  }

  server.maxConnections = MAX_CONNECTIONS;
  server.on("connection", follow);
  server.on(ready, (socket: Socket) => void serve(socket));
  server.on("tlsClientError", (error: unknown, socket: Socket) => {
    events.onFault({
      transport,
      from: senderOf(socket),
      kind: "connection",
      reason: `the TLS handshake failed (${readCode(error)})`,
    });
  });
  server.listen(address.port, address.host);
  await once(server, "listening");
  return {
    transport,
    host: address.host,
    port: (server.address() as AddressInfo).port, // a server that listens on an IP address has one
    close: () =>
      (closing ??= new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      })),
  };
}

function senderOf({ remoteAddress = "unknown", remotePort = 0 }: Socket): string {
  return formatAddress({ host: remoteAddress, port: remotePort });
}

interface StreamFault {
  readonly kind: "framing" | "connection";
  readonly reason: string;
}

// Gives what ended the stream, unless it ended as it should.
async function readStream(
  socket: Socket,
  onFrame: (bytes: Uint8Array) => Promise<void>,
): Promise<StreamFault | undefined> {
  const deframer = createDeframer({ maxFrameBytes: MAX_FRAME_BYTES });
  try {
    for await (const chunk of socket as AsyncIterable<Uint8Array>) {
      for (const bytes of deframer.push(chunk)) await onFrame(bytes);
    }
    for (const bytes of deframer.end()) await onFrame(bytes);
    return undefined;
  } catch (error) {
    if (!(error instanceof FramingSyntaxError)) {
      return { kind: "connection", reason: `the connection broke (${readCode(error)})` };
    }
    for (const bytes of error.frames) await onFrame(bytes);
    return { kind: "framing", reason: `the stream was closed: ${error.message}` };
  }
}
