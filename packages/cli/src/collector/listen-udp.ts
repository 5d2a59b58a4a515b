import { createSocket, type RemoteInfo } from "node:dgram";
import { once } from "node:events";
import { isIPv6 } from "node:net";
import { formatAddress, type ListenAddress } from "./parse-address.ts";
import { type CollectorEvents, type CollectorServer } from "./received-frame.ts";

const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;
const MAX_PENDING_BYTES = 16 * 1024 * 1024;

/**
 * Listens for datagrams; each is one frame (RFC 5426). Nobody can ask a sender to wait: what comes while 16 MiB are still with
 * `onFrame` is thrown away, with a fault. Rejects with the error of the kernel when it cannot listen.
 */
export async function listenUdp(address: ListenAddress, events: CollectorEvents): Promise<CollectorServer> {
  const socket = createSocket({ type: isIPv6(address.host) ? "udp6" : "udp4", recvBufferSize: RECEIVE_BUFFER_BYTES });
  let pendingBytes = 0;
  let closing: Promise<void> | undefined;

  function receive(bytes: Uint8Array, sender: RemoteInfo): void {
    const from = formatAddress({ host: sender.address, port: sender.port });
    if (pendingBytes + bytes.length > MAX_PENDING_BYTES) {
      events.onFault({
        transport: "udp",
        from,
        kind: "overrun",
        reason: "a datagram came faster than it can be printed",
      });
      return;
    }
    pendingBytes += bytes.length;
    void events.onFrame({ transport: "udp", from, bytes }).finally(() => {
      pendingBytes -= bytes.length;
    });
  }

  socket.bind(address.port, address.host);
  try {
    await once(socket, "listening");
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.on("message", receive);
  socket.on("error", () => undefined); // of single datagrams: the socket goes on
  return {
    transport: "udp",
    host: address.host,
    port: socket.address().port,
    close: () =>
      (closing ??= new Promise((resolve) => {
        socket.close(resolve);
      })),
  };
}
