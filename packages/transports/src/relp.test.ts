import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { type Transport, type TransportError } from "@clawmetry/siem-core";
import {
  captureRelp,
  createCertificates,
  describeTransport,
  failureOf,
  patient,
  type RelpCapture,
  type RelpCaptureOptions,
  type RelpRequest,
} from "@clawmetry/siem-testkit";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { type RelpOptions, relpTlsTransport, relpTransport } from "./relp.ts";

const certificates = await createCertificates();
afterAll(certificates.remove);
const tls = { caFile: certificates.ca.certFile };

interface Setup {
  readonly capture: RelpCapture;
  readonly transport: Transport;
  readonly breaks: readonly TransportError[];
}

async function setup(server: RelpCaptureOptions = {}, options: Partial<RelpOptions> = {}): Promise<Setup> {
  const capture = await captureRelp(server);
  onTestFinished(capture.close);
  const transport = relpTransport({ host: "127.0.0.1", port: capture.port, ...options });
  onTestFinished(transport.close);
  const breaks: TransportError[] = [];
  transport.onBreak((error) => breaks.push(error));
  return { capture, transport, breaks };
}

function answerFirst({ text, answer }: RelpRequest): void {
  if (text === "<1>0") answer();
}

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `<1>${index}`);
}

describeTransport("relpTransport", async () => {
  const capture = await captureRelp();
  const { host, port } = capture;
  return {
    transport: relpTransport({ host, port }),
    received: () => capture.messages,
    waitFor: capture.waitFor,
    dispose: capture.close,
  };
});

describe.each(["TLSv1.2", "TLSv1.3"] as const)("%s", (version) => {
  const { cert, key } = certificates.server;
  describeTransport("relpTlsTransport", async () => {
    const capture = await captureRelp({ tls: { cert, key, minVersion: version, maxVersion: version } });
    const { host, port } = capture;
    return {
      transport: relpTlsTransport({ host, port, tls }),
      received: () => capture.messages,
      waitFor: capture.waitFor,
      dispose: capture.close,
    };
  });
});

test("a session is open, one syslog for each message, and close, with rising transaction numbers", async () => {
  const { capture, transport, breaks } = await setup();
  await transport.send(["<1>one", "<1>two"], patient());
  await transport.send(["<1>three"], patient());
  await transport.close();
  expect(capture.requests.map(({ transaction, command, text }) => [transaction, command, text])).toEqual([
    [1, "open", "relp_version=0\nrelp_software=clawmetry-siem\ncommands=syslog"],
    [2, "syslog", "<1>one"],
    [3, "syslog", "<1>two"],
    [4, "syslog", "<1>three"],
    [5, "close", ""],
  ]);
  expect(breaks).toEqual([]);
  expect(transport.confirms).toBe(true);
});

test("a send waits for the last answer", async () => {
  const held: RelpRequest[] = [];
  const order: string[] = [];
  const { capture, transport } = await setup({ onMessage: (request) => held.push(request) });
  const sending = transport.send(["<1>one", "<1>two"], patient()).then(() => order.push("sent"));
  await capture.waitFor(() => held.length === 2);
  held[1]?.answer();
  for (let turn = 0; turn < 20; turn++) await setImmediate(); // far more than an answer takes
  order.push("answered");
  held[0]?.answer();
  await sending;
  expect(order).toEqual(["answered", "sent"]);
});

test("no more messages are under way than the window has room for", async () => {
  const waiting: RelpRequest[] = [];
  let most = 0;
  const { capture, transport } = await setup(
    {
      onMessage: (request) => {
        most = Math.max(most, waiting.push(request));
        void setImmediate().then(() => waiting.shift()?.answer());
      },
    },
    { window: 8 },
  );
  await transport.send(numbered(500), patient());
  expect(capture.messages).toEqual(numbered(500));
  expect(most).toBe(8);
});

test("a window of 1 sends a message when the one before is answered", async () => {
  const { capture, transport } = await setup({}, { window: 1 });
  await transport.send(numbered(20), patient());
  expect(capture.messages).toEqual(numbered(20));
});

test("answers may come out of order, twice, late, and to messages of a batch that is done", async () => {
  const held: RelpRequest[] = [];
  const { capture, transport, breaks } = await setup({
    onMessage: (request) => {
      held.push(request);
      if (held.length % 4 !== 0) return;
      for (const { answer } of held.toReversed()) answer();
      for (const { answer } of held) answer();
    },
  });
  await transport.send(numbered(4), patient());
  await transport.send(numbered(4), patient());
  expect(capture.messages).toEqual([...numbered(4), ...numbered(4)]);
  expect(transport.state).toBe("connected");
  expect(breaks).toEqual([]);
});

test("messages that the server refuses are told by their places, and the others are acknowledged", async () => {
  const { capture, transport, breaks } = await setup({
    onMessage: ({ text, answer }) => {
      answer(text.includes("bad") ? "500 no" : "200 OK");
    },
  });
  const failure = await failureOf(transport.send(["<1>a", "<1>bad", "<1>b", "<1>bad"], patient()));
  expect(failure).toMatchObject({ code: "refused", retryable: false, delivered: 4, refused: [1, 3] });
  expect(failure.message).toBe(`127.0.0.1:${capture.port} refused 2 of 4 messages (RELP code 500)`);
  await transport.send(["<1>c"], patient());
  expect(transport.state).toBe("connected");
  expect(breaks).toEqual([]);
});

test("after a break, exactly what was not answered is left to be sent, over a session that counts anew", async () => {
  const { capture, transport, breaks } = await setup({
    onMessage: ({ text, connection, socket, answer }) => {
      if (connection > 0 || Number(text.slice(3)) < 5) answer();
      else socket.destroy();
    },
  });
  const failure = await failureOf(transport.send(numbered(10), patient()));
  expect(failure).toMatchObject({ code: "io", retryable: true, delivered: 5, refused: [] });
  await transport.send(numbered(10).slice(failure.delivered), patient());
  const second = capture.requests.filter(({ connection }) => connection === 1);
  expect(second.map(({ transaction, text }) => [transaction, text])).toEqual([
    [1, "relp_version=0\nrelp_software=clawmetry-siem\ncommands=syslog"],
    ...numbered(10)
      .slice(5)
      .map((text, index) => [index + 2, text]),
  ]);
  expect(breaks).toMatchObject([{ code: "io" }]);
});

test("a serverclose ends the session, under way and idle, and what was answered before it counts", async () => {
  const { capture, transport, breaks } = await setup({
    onMessage: ({ text, socket, answer }) => {
      answer();
      if (text === "<1>last") socket.write("0 serverclose 0\n");
    },
  });
  const failure = await failureOf(transport.send(["<1>one", "<1>last", "<1>more", "<1>even more"], patient()));
  expect(failure).toMatchObject({ code: "io", retryable: true });
  expect(failure.message).toBe(`RELP session with 127.0.0.1:${capture.port} ended: the server closed it`);
  expect(failure.delivered).toBeGreaterThanOrEqual(2);
  const told = new Promise<TransportError>((resolve) => {
    transport.onBreak(resolve);
  });
  await transport.send(["<1>one"], patient());
  capture.sockets[1]?.write("0 serverclose 0\n");
  expect(await told).toMatchObject({ code: "io", message: failure.message });
  expect(transport.state).toBe("idle");
  expect(breaks).toHaveLength(2);
});

test("a server that answers nothing is given up after the time limit", async () => {
  const { capture, transport, breaks } = await setup({ onMessage: answerFirst }, { answerTimeoutMs: 50 });
  const failure = await failureOf(transport.send(numbered(3), patient()));
  expect(failure).toMatchObject({ code: "timeout", retryable: true, delivered: 1 });
  expect(failure.message).toBe(`127.0.0.1:${capture.port} answered no message for 50 ms`);
  expect(breaks).toHaveLength(1);
});

test("a server that answers slowly, but answers, is waited for", async () => {
  const { transport } = await setup(
    { onMessage: ({ answer }) => setTimeout(answer, 20) },
    { answerTimeoutMs: 200, window: 1 },
  );
  await transport.send(numbered(15), patient());
  expect(transport.state).toBe("connected");
});

test("an abort ends a send that waits for answers, and tells what was answered", async () => {
  const controller = new AbortController();
  const { capture, transport } = await setup({ onMessage: answerFirst });
  const sending = failureOf(transport.send(numbered(3), controller.signal));
  await capture.waitFor(() => capture.messages.length === 3);
  controller.abort();
  expect(await sending).toMatchObject({ code: "timeout", retryable: true });
});

test("close waits for the answers to what is under way", async () => {
  const held: RelpRequest[] = [];
  const { capture, transport, breaks } = await setup({
    onMessage: (request) => held.push(request),
    onCommand: ({ command }) => {
      if (command === "close") for (const { answer } of held) answer();
      return false;
    },
  });
  const sending = transport.send(numbered(3), patient());
  await capture.waitFor(() => held.length === 3);
  await transport.close();
  await sending;
  expect(breaks).toEqual([]);
});

test("close does not wait for ever for its answer", async () => {
  const { capture, transport, breaks } = await setup(
    { onCommand: ({ command }) => command === "close" },
    { closeTimeoutMs: 50 },
  );
  await transport.send(["<1>one"], patient());
  await transport.close();
  await capture.waitFor(() => capture.sockets[0]?.destroyed === true);
  expect(capture.requests.at(-1)).toMatchObject({ command: "close", transaction: 3 });
  expect(breaks).toEqual([]);
});

test("an old session is closed properly when its successor is ready", async () => {
  const { capture, transport, breaks } = await setup({}, { reconnectAfterMs: 0.001 });
  let sent = 0;
  while (capture.requests.filter(({ command }) => command === "close").length < 3) {
    await transport.send([`<1>${sent++}`], patient());
  }
  expect(capture.messages).toEqual(numbered(sent));
  expect(breaks).toEqual([]);
});

test.each([
  ["an answer to a message that was not sent", "9 rsp 6 200 OK\n", "the server answered a message that was not sent"],
  ["an answer without a code", "2 rsp 2 OK\n", "the server sent an answer with an unknown code"],
  ["an answer with a code that RELP does not have", "2 rsp 3 302\n", "the server sent an answer with an unknown code"],
  ["a command", "2 syslog 3 abc\n", "the server sent a command of its own"],
  ["garbage", "secret\n", "what the server sent is not RELP"],
  ["an answer that is too long", "2 rsp 65537 x", "what the server sent is not RELP"],
])("%s ends the session, and nothing of it is told", async (_name, bytes, fault) => {
  const { capture, transport, breaks } = await setup({ onMessage: ({ socket }) => socket.write(bytes) });
  const failure = await failureOf(transport.send(["<1>one"], patient()));
  expect(failure).toMatchObject({ code: "io", retryable: true, delivered: 0 });
  expect(failure.message).toBe(`RELP session with 127.0.0.1:${capture.port} ended: ${fault}`);
  expect(breaks).toHaveLength(1);
});

test("hints that we do not know change nothing", async () => {
  const { transport, breaks } = await setup({
    onMessage: ({ socket, answer }) => {
      socket.write("0 hint 4 slow\n0 rsp 0\n");
      answer();
    },
  });
  await transport.send(["<1>one"], patient());
  expect(breaks).toEqual([]);
});

describe("a server that does not open a session", () => {
  test.each([
    ["500 required command not supported", "refused", 'the server says "500 required command not supported"'],
    ["nonsense", "refused", 'the server says "nonsense"'],
    ["200 OK\nrelp_version=1\ncommands=syslog", "refused", "the server speaks version 1, and we speak 0"],
    ["200 OK\nrelp_version=0\ncommands=eventlog", "refused", "the server does not take the command syslog"],
    ["200 OK\nrelp_version=0", "refused", "the server does not take the command syslog"],
  ])("is told why: %j", async (offers, code, reason) => {
    const { capture, transport, breaks } = await setup({ offers });
    const failure = await failureOf(transport.send(["<1>one"], patient()));
    expect(failure).toMatchObject({ code, retryable: true, delivered: 0 });
    expect(failure.message).toBe(`cannot open a RELP session with 127.0.0.1:${capture.port}: ${reason}`);
    expect(transport.state).toBe("idle");
    expect(breaks).toEqual([]);
    expect(capture.messages).toEqual([]);
  });

  test("may offer several commands, and no version", async () => {
    const { transport } = await setup({ offers: "200 OK\ncommands=eventlog, syslog" });
    await transport.send(["<1>one"], patient());
    expect(transport.state).toBe("connected");
  });

  test.each([
    [
      "a banner",
      "SSH-2.0-OpenSSH_9.2\r\n",
      "connect",
      'the port does not speak RELP, it said "SSH-2.0-OpenSSH_9.2"; set the port',
    ],
    ["HTTP", "HTTP/1.1 400 Bad Request\r\n\r\n", "connect", 'it said "HTTP/1.1 400 Bad Request'],
    ["an alert of TLS", "\x15\x03\x01\x00\x02\x02\x46", "connect", "the port speaks TLS: use relp-tls"],
    ["our own words", "1 open 4 abcd\n", "connect", "the server sent something else than an answer to open"],
    ["a serverclose", "0 serverclose 0\n", "refused", "the server closed it at once"],
  ])("is told by what it says: %s", async (_name, words, code, reason) => {
    const port = await listen((socket) => socket.once("data", () => socket.write(Buffer.from(words, "latin1"))));
    const failure = await failureOf(relpTo(port).send(["<1>one"], patient()));
    expect(failure).toMatchObject({ code, retryable: true, delivered: 0 });
    expect(failure.message).toContain(`cannot open a RELP session with 127.0.0.1:${port}: `);
    expect(failure.message).toContain(reason);
  });

  test("is told by its silence", async () => {
    const port = await listen((socket) => socket.resume());
    const failure = await failureOf(relpTo(port, { openTimeoutMs: 50 }).send(["<1>one"], patient()));
    expect(failure).toMatchObject({ code: "timeout", retryable: true });
    expect(failure.message).toContain("no answer in 50 ms; the port may not speak RELP, or want relp-tls");
  });

  test.each([
    ["ends", (socket: Socket) => socket.end()],
    ["resets", (socket: Socket) => socket.resetAndDestroy()],
  ])("is told by its end: it %s", async (_name, leave) => {
    const port = await listen((socket) => socket.once("data", () => leave(socket)));
    const failure = await failureOf(relpTo(port).send(["<1>one"], patient()));
    expect(failure).toMatchObject({ code: "connect", retryable: true });
    expect(failure.message).toContain("the server ended the connection; the port may not speak RELP");
  });

  test("is waited for no longer than the signal wants", async () => {
    const controller = new AbortController();
    const port = await listen((socket) =>
      socket.once("data", () => {
        controller.abort();
      }),
    );
    const failure = await failureOf(relpTo(port).send(["<1>one"], controller.signal));
    expect(failure).toMatchObject({ code: "timeout", retryable: true });
  });
});

test("a server of TLS that wants another client certificate is told as by tlsTransport", async () => {
  const { cert, key } = certificates.server;
  const capture = await captureRelp({
    tls: { cert, key, ca: certificates.ca.cert, requestCert: true, rejectUnauthorized: true },
  });
  onTestFinished(capture.close);
  const transport = relpTlsTransport({ host: "127.0.0.1", port: capture.port, tls });
  onTestFinished(transport.close);
  const failure = await failureOf(transport.send(["<1>one"], patient()));
  expect(failure).toMatchObject({ code: "refused", retryable: true, delivered: 0 });
  expect(failure.message).toContain("client certificate");
});

test("a certificate of a server that nobody vouches for ends the connection before a word was said", async () => {
  const { cert, key } = certificates.server;
  const capture = await captureRelp({ tls: { cert, key } });
  onTestFinished(capture.close);
  const transport = relpTlsTransport({ host: "127.0.0.1", port: capture.port });
  onTestFinished(transport.close);
  await expect(transport.send(["<1>one"], patient())).rejects.toMatchObject({ code: "connect", delivered: 0 });
  expect(capture.requests).toEqual([]);
});

test.each([
  [{ window: 0 }, "window must be a whole number from 1 to 10000, got 0"],
  [{ window: 1.5 }, "window must be a whole number from 1 to 10000, got 1.5"],
  [{ window: 10_001 }, "window must be a whole number from 1 to 10000, got 10001"],
  [{ openTimeoutMs: 0 }, "openTimeoutMs must be a number of milliseconds above 0 and up to 2147483647, got 0"],
  [{ answerTimeoutMs: NaN }, "answerTimeoutMs must be a number of milliseconds above 0 and up to 2147483647, got NaN"],
  [{ port: 0 }, "port must be an integer from 1 to 65535, got 0"],
])("%j is refused at once", (options, message) => {
  expect(() => relpTransport({ host: "siem.example", ...options })).toThrow(message);
});

async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    onConnection(socket);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function relpTo(port: number, options: Partial<RelpOptions> = {}): Transport {
  const transport = relpTransport({ host: "127.0.0.1", port, ...options });
  onTestFinished(transport.close);
  return transport;
}

test("a server that holds answers back until it hears from us is given the start of the next frame", async () => {
  const { capture, transport, breaks } = await setup({
    onMessage: ({ text, socket, answer }) => {
      if (text !== "<1>held") answer();
      else {
        socket.once("data", () => {
          answer();
        });
      }
    },
  });
  for (let batch = 0; batch < 8; batch++) await transport.send(["<1>one", "<1>held"], patient());
  await transport.close();
  expect(capture.requests.map(({ transaction, command }) => [transaction, command])).toEqual([
    [1, "open"],
    ...Array.from({ length: 16 }, (_, index) => [index + 2, "syslog"]),
    [18, "close"],
  ]);
  expect(breaks).toEqual([]);
});
