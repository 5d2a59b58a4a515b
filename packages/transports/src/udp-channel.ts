import { createSocket } from "node:dgram";
import { type LookupAddress } from "node:dns";
import { type PeerInfo } from "@clawmetry/siem-core";

// What a datagram can hold: 65 535 bytes, less the headers. Only IPv4 counts its own header there.
const MAX_BYTES = { 4: 65_507, 6: 65_527 } as const;

/** A socket that is bound to one address of a receiver, so that the kernel tells of a port that nobody listens on. */
export interface UdpChannel {
  readonly peer: PeerInfo;
  /** Most bytes that a datagram can hold in this address family. */
  readonly maxBytes: number;
  /** Resolves when the kernel has taken the datagram, rejects with its error. An empty one is not sent. */
  readonly send: (datagram: Uint8Array) => Promise<void>;
  /** Resolves when the socket is gone. Safe to call twice. */
  readonly close: () => Promise<void>;
}

/** Opens a channel that keeps no process alive. `onError` hears of every later error. Rejects with the error of the kernel. */
export function openUdpChannel(
  { address, family }: LookupAddress,
  port: number,
  onError: (error: Error) => void,
): Promise<UdpChannel> {
  const socket = createSocket(family === 6 ? "udp6" : "udp4").unref();
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closing ??= new Promise((resolve) => {
      socket.close(resolve);
    }));
  const send = (datagram: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      if (closing !== undefined) reject(new Error("the socket is closed"));
      else if (datagram.length === 0) resolve();
      else {
        socket.send(datagram, (error) => {
          if (error) reject(error);
          else resolve();
        });
      }
    });

  return new Promise((resolve, reject) => {
    const refused = (error: Error): void => {
      void close();
      reject(error);
    };
    socket.once("error", refused).once("connect", () => {
      socket.off("error", refused).on("error", onError);
      resolve({ peer: { address, port }, maxBytes: family === 6 ? MAX_BYTES[6] : MAX_BYTES[4], send, close });
    });
    socket.connect(port, address);
  });
}
