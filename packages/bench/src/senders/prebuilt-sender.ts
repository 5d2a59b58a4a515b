import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { type Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import { frameBatch } from "@clawmetry/siem-syslog";
import { exporterLines } from "../exporter-lines.ts";
import { type Destination } from "../route.ts";
import { usualEvents } from "../usual-events.ts";
import { settingsOf } from "./exporter-sender.ts";
import { type Sender } from "./sender.ts";

const PIECE_BYTES = 65_536;
const PASSES_IN_BLOCK = 500;
const DATAGRAMS_AT_ONCE = 64;

/** The limit: the bytes that the exporter would send, built beforehand and written in pieces of 64 KiB. */
export async function prebuiltSender(destination: Destination): Promise<Sender> {
  const write = await exporterLines({ ...settingsOf(destination), format: "cef" });
  const lines = usualEvents().map(write);
  return destination.route === "udp" ? datagrams(destination, lines) : stream(destination, lines);
}

async function stream(destination: Destination, lines: readonly string[]): Promise<Sender> {
  const framing = destination.route === "tcp-octets" ? "octet-counting" : "newline";
  const pass = frameBatch(lines, framing);
  const block = Buffer.alloc(PASSES_IN_BLOCK * pass.length, pass);
  const socket = await openStream(destination);
  let passes = 0;
  return {
    send: countPasses(lines.length, () => passes++),
    flush: async () => {
      for (let left = passes; left > 0; left -= PASSES_IN_BLOCK) {
        const bytes = block.subarray(0, Math.min(left, PASSES_IN_BLOCK) * pass.length);
        for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
          const piece = bytes.subarray(at, at + PIECE_BYTES);
          await new Promise((resolve) => socket.write(piece, resolve));
        }
      }
      passes = 0;
    },
  };
}

async function openStream({ route, host, port, caFile }: Destination): Promise<Duplex> {
  const tls = route === "tls" && caFile !== undefined;
  const socket = tls ? connectTls({ host, port, ca: readFileSync(caFile) }) : connect({ host, port, noDelay: true });
  await once(socket, tls ? "secureConnect" : "connect");
  socket.resume();
  return socket;
}

async function datagrams({ host, port }: Destination, lines: readonly string[]): Promise<Sender> {
  const pass = lines.map((line) => Buffer.from(line));
  const socket = createSocket("udp4");
  socket.connect(port, host);
  await once(socket, "connect");
  let passes = 0;
  return {
    send: countPasses(lines.length, () => passes++),
    flush: async () => {
      const total = passes * pass.length;
      passes = 0;
      for (let at = 0; at < total; at += DATAGRAMS_AT_ONCE) {
        const some = Array.from({ length: Math.min(DATAGRAMS_AT_ONCE, total - at) }, (_, index) => at + index);
        await Promise.all(
          some.map(
            (index) =>
              new Promise((resolve) => {
                socket.send(pass[index % pass.length] ?? "", resolve);
              }),
          ),
        );
      }
    },
  };
}

function countPasses(length: number, pass: () => void): () => void {
  let number = 0;
  return () => {
    if (++number % length === 0) pass();
  };
}
