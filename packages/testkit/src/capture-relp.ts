import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";
import { createRelpParser, formatRelpFrame, type RelpFrame, RelpSyntaxError } from "@clawmetry/siem-syslog";
import { type Capture } from "./capture.ts";
import { createWaiters } from "./create-waiters.ts";

/** One command of a client. */
export interface RelpRequest {
  readonly transaction: number;
  readonly command: string;
  readonly text: string;
  readonly socket: Socket;
  /** Which connection it came over, from 0. */
  readonly connection: number;
  /** Sends an answer. Default: `200 OK`, to this request. */
  readonly answer: (text?: string, transaction?: number) => void;
}

/** Options of `captureRelp`. */
export interface RelpCaptureOptions {
  /** Makes it a server of TLS. */
  readonly tls?: TlsOptions;
  /** What the answer to `open` holds. Default: 200 and our version and commands. */
  readonly offers?: string;
  /** Called with every message, to answer it or not. Default: it is acknowledged at once. */
  readonly onMessage?: (request: RelpRequest) => void;
  /** Called with every other command. Gives whether it did something with it. Default: the usual answer to each. */
  readonly onCommand?: (request: RelpRequest) => boolean;
}

/** A RELP server on loopback that remembers what arrives, and answers as a test wants it. */
export interface RelpCapture extends Capture {
  /** Every command so far, in the order of arrival. `messages` are the texts of those that are `syslog`. */
  readonly requests: readonly RelpRequest[];
  /** Every connection so far, the ended ones too. */
  readonly sockets: readonly Socket[];
}

const OFFERS = "200 OK\nrelp_version=0\nrelp_software=testkit\ncommands=syslog";

/** Listens for RELP clients. */
export async function captureRelp(options: RelpCaptureOptions = {}): Promise<RelpCapture> {
  const { tls, offers = OFFERS, onMessage = acknowledge, onCommand = () => false } = options;
  const waiters = createWaiters();
  const requests: RelpRequest[] = [];
  const messages: string[] = [];
  const sockets: Socket[] = [];
  const raw = new Set<Socket>();

  function take(request: RelpRequest): void {
    requests.push(request);
    if (request.command === "syslog") {
      messages.push(request.text);
      onMessage(request);
    } else if (!onCommand(request)) {
      answerUsually(request, offers);
    }
  }
  function serve(socket: Socket): void {
    const connection = sockets.push(socket) - 1;
    const parser = createRelpParser();
    socket.on("error", () => undefined).on("close", waiters.changed);
    socket.on("data", (chunk: Buffer) => {
      for (const frame of framesOf(() => parser.push(chunk))) take(toRequest(frame, socket, connection));
      waiters.changed();
    });
    waiters.changed();
  }

  const server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
  server.on("tlsClientError", () => undefined);
  server.on("connection", (socket: Socket) => {
    raw.add(socket);
    socket.on("error", () => undefined).on("close", () => raw.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  let closing: Promise<void> | undefined;

  return {
    host: "127.0.0.1",
    port: (server.address() as AddressInfo).port, // a server that listens on an IP address has one
    requests,
    messages,
    sockets,
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

function toRequest({ transaction, command, data }: RelpFrame, socket: Socket, connection: number): RelpRequest {
  return {
    transaction,
    command,
    text: Buffer.from(data).toString(),
    socket,
    connection,
    answer: (text = "200 OK", to = transaction) => {
      if (socket.writable) socket.write(formatRelpFrame({ transaction: to, command: "rsp", text }));
    },
  };
}

function acknowledge({ answer }: RelpRequest): void {
  answer();
}

// As imrelp does it.
function answerUsually({ command, socket, answer }: RelpRequest, offers: string): void {
  if (command === "open") answer(offers);
  if (command !== "close") return;
  answer("");
  socket.end(formatRelpFrame({ transaction: 0, command: "serverclose", text: "" }));
}

function framesOf(read: () => readonly RelpFrame[]): readonly RelpFrame[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RelpSyntaxError)) throw error;
    return error.frames;
  }
}
