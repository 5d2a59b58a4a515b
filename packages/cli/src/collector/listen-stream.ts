import { once } from "node:events";
import { type AddressInfo, type Server, type Socket } from "node:net";
import { createDeframer, FramingSyntaxError } from "@clawmetry/siem-syslog";
import { readCode } from "../read-code.ts";
import { type ListenAddress } from "./parse-address.ts";
import { type CollectorEvents, type CollectorServer } from "./received-frame.ts";
import { senderOf } from "./sender-of.ts";
import { type StreamFault } from "./stream-fault.ts";
import { watchHandshakes } from "./watch-handshakes.ts";

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
  const report = (from: string, fault: StreamFault): void => {
    if (closing === undefined) events.onFault({ transport, from, ...fault });
  };

  async function serve(socket: Socket): Promise<void> {
    const from = senderOf(socket);
    socket.on("error", () => undefined); // the loop that reads it sees every error that matters
    const fault = await readStream(socket, (bytes) => events.onFrame({ transport, from, bytes }));
    socket.destroy();
    if (fault !== undefined) report(from, fault);
  }

  server.maxConnections = MAX_CONNECTIONS;
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined); // before TLS is ready nobody else listens
    socket.on("close", () => sockets.delete(socket));
  });
  server.on(ready, (socket: Socket) => void serve(socket));
  if (transport === "tls") watchHandshakes(server, report);
  server.listen(address.port, address.host);
  await once(server, "listening");

  function cut(): void {
    for (const socket of sockets) socket.destroy();
  }

  return {
    transport,
    host: address.host,
    port: (server.address() as AddressInfo).port, // a server that listens on an IP address has one
    close: ({ graceMs = 0 } = {}) =>
      (closing ??= new Promise((resolve) => {
        const timer = setTimeout(cut, graceMs);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        if (graceMs === 0) cut();
      })),
  };
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
