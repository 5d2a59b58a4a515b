import { createSocket } from "node:dgram";
import { once } from "node:events";
import { isIPv6 } from "node:net";
import { type Capture, type CaptureOptions } from "./capture.ts";
import { createWaiters } from "./create-waiters.ts";

/** Listens for datagrams. Each is one message. */
export async function captureUdp({ host = "127.0.0.1", port = 0 }: CaptureOptions = {}): Promise<Capture> {
  const socket = createSocket({ type: isIPv6(host) ? "udp6" : "udp4", recvBufferSize: 8 * 1024 * 1024 });
  const messages: string[] = [];
  const waiters = createWaiters();
  let closing: Promise<void> | undefined;

  socket.on("message", (datagram) => {
    messages.push(datagram.toString());
    waiters.changed();
  });
  socket.bind(port, host);
  await once(socket, "listening");
  return {
    host,
    port: socket.address().port,
    messages,
    waitFor: waiters.waitFor,
    close: () =>
      (closing ??= new Promise((resolve) => {
        waiters.abandon();
        socket.close(resolve);
      })),
  };
}
