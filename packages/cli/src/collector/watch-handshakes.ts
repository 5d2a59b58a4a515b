import { type Server, type Socket } from "node:net";
import { readCode } from "../read-code.ts";
import { senderOf } from "./sender-of.ts";
import { type StreamFault } from "./stream-fault.ts";

const NO_TLS = /^ERR_SSL_(?:WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG)$/;
const GONE = "ended by the client";
const UNKNOWN_SENDER = "unknown:0";

/**
 * Reports each connection of a TLS server that ends before it is ready, once. Its own event, `tlsClientError`, does not come
 * for every one of them, and comes without an address where the client has gone: the address is that of the TCP connection.
 */
export function watchHandshakes(server: Server, report: (from: string, fault: StreamFault) => void): void {
  const codes = new Map<string, string>();
  server.on("connection", (socket: Socket) => {
    const from = senderOf(socket);
    codes.set(from, GONE);
    socket.on("close", () => {
      const code = codes.get(from);
      if (code !== undefined) report(from, faultFor(code));
      codes.delete(from);
    });
  });
  server.on("secureConnection", (socket: Socket) => codes.delete(senderOf(socket)));
  server.on("tlsClientError", (error: unknown, socket: Socket) => {
    const from = senderOf(socket);
    if (from !== UNKNOWN_SENDER) codes.set(from, readCode(error));
    socket.destroy(); // one whose time is up stays open
  });
}

// Many clients say nothing at all when they do not like a certificate.
function faultFor(code: string): StreamFault {
  if (NO_TLS.test(code)) return { kind: "connection", reason: `what came is not TLS (${code})` };
  const failed = `the TLS handshake failed (${code})`;
  return code === GONE || code === "ECONNRESET" || code.includes("_ALERT_")
    ? { kind: "handshake", reason: `${failed}: the client may not trust the certificate` }
    : { kind: "connection", reason: failed };
}
