import { once } from "node:events";
import { type AddressInfo, type Server, type Socket } from "node:net";
import { createDeframer, FramingSyntaxError } from "@clawmetry/siem-syslog";
import { type StreamCapture, type StreamCaptureOptions } from "./capture.ts";
import { createWaiters } from "./create-waiters.ts";

/**
 * Makes a server of streams remember what arrives. `event` is the one with which it gives a socket that is ready. Both
 * framings are taken apart; bytes that are no frame stay visible in `bytes()` only.
 */
export async function captureStream(
  server: Server,
  event: "connection" | "secureConnection",
  options: StreamCaptureOptions,
): Promise<StreamCapture> {
  const { host = "127.0.0.1", port = 0, reading = true, onConnection = () => undefined } = options;
  const waiters = createWaiters();
  const chunks: Buffer[] = [];
  const messages: string[] = [];
  const sockets: Socket[] = [];
  const raw = new Set<Socket>();
  let closing: Promise<void> | undefined;

  server.on("connection", (socket: Socket) => {
    raw.add(socket);
    socket.on("error", () => undefined).on("close", () => raw.delete(socket));
  });
  server.on("tlsClientError", () => undefined);
  server.on(event, (socket: Socket) => {
    sockets.push(socket);
    const read = messageReader((message) => messages.push(message));
    socket.on("error", () => undefined);
    socket.on("close", waiters.changed);
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      read(chunk);
      waiters.changed();
    });
    if (!reading) socket.pause();
    onConnection(socket);
    waiters.changed();
  });
  server.listen(port, host);
  await once(server, "listening");

  return {
    host,
    port: (server.address() as AddressInfo).port, // a server that listens on an IP address has one
    messages,
    sockets,
    reset: (count = raw.size) => {
      for (const socket of [...raw].slice(0, count)) socket.resetAndDestroy();
    },
    bytes: () => Buffer.concat(chunks),
    waitFor: waiters.waitFor,
    close: () =>
      (closing ??= new Promise((resolve) => {
        waiters.abandon();
        server.close(() => {
          resolve();
        });
        for (const socket of raw) socket.destroy();
      })),
  };
}

function messageReader(onMessage: (message: string) => void): (chunk: Buffer) => void {
  const deframer = createDeframer({ maxFrameBytes: 16 * 1024 * 1024 });
  return (chunk) => {
    try {
      for (const message of deframer.push(chunk)) onMessage(Buffer.from(message).toString());
    } catch (error) {
      if (!(error instanceof FramingSyntaxError)) throw error;
    }
  };
}
