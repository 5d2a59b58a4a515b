// Takes what is sent to it, counts it and throws it away. Run as a process of its own by startProcess.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { answerCalls } from "./answer-calls.ts";
import { countNewlines, createOctetCounter } from "./count-frames.ts";
import { machineTimeMs } from "./machine-time.ts";
import { type Route } from "./route.ts";
import { type SinkCalls } from "./sink-calls.ts";

const HOST = "127.0.0.1";

let bytes = 0;
let messages = 0;
let lastMs = 0;

function note(length: number, count: number): void {
  bytes += length;
  messages += count;
  lastMs = machineTimeMs();
}

function discard(socket: Socket, route: Route): void {
  const count = route === "tcp-octets" ? createOctetCounter() : countNewlines;
  socket.on("data", (chunk: Uint8Array) => {
    note(chunk.length, count(chunk));
  });
  socket.on("error", () => undefined); // senders are ended in the middle of things
}

async function openUdp(): Promise<number> {
  const socket = createSocket({ type: "udp4", recvBufferSize: 8 * 1024 * 1024 });
  socket.on("message", (datagram) => {
    note(datagram.length, 1);
  });
  socket.bind(0, HOST);
  await once(socket, "listening");
  return socket.address().port;
}

async function openStream(server: Server): Promise<number> {
  server.listen(0, HOST);
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const calls: SinkCalls = {
  open: (route, certFile, keyFile) => {
    if (route === "udp") return openUdp();
    const accept = (socket: Socket): void => {
      discard(socket, route);
    };
    if (route !== "tls") return openStream(createServer(accept));
    return openStream(createTlsServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, accept));
  },
  reset: () => {
    bytes = messages = lastMs = 0;
  },
  count: () => ({ bytes, messages, lastMs }),
};

answerCalls(calls);
