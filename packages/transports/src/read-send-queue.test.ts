import { Socket } from "node:net";
import { type Transport, type TransportError } from "@clawmetry/siem-core";
import {
  captureTcp,
  captureTls,
  createCertificates,
  patient,
  type StreamCapture,
  type StreamCaptureOptions,
} from "@clawmetry/siem-testkit";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { readSendQueue } from "./read-send-queue.ts";
import { tcpTransport } from "./tcp.ts";
import { tlsTransport } from "./tls.ts";

const certificates = await createCertificates();
afterAll(certificates.remove);
const { ca, server } = certificates;

// More than a peer takes that does not read, and less than both kernels do.
const MESSAGES = Array.from({ length: 100 }, (_, index) => `<1>${index} ${"x".repeat(10_000)}`);

interface Kind {
  readonly listen: (options: StreamCaptureOptions) => Promise<StreamCapture>;
  readonly transport: (host: string, port: number, writeTimeoutMs: number) => Transport;
}

const KINDS: Readonly<Record<string, Kind>> = {
  TCP: {
    listen: captureTcp,
    transport: (host, port, writeTimeoutMs) => tcpTransport({ host, port, writeTimeoutMs }),
  },
  TLS: {
    listen: (options) => captureTls({ cert: server.cert, key: server.key }, options),
    transport: (host, port, writeTimeoutMs) =>
      tlsTransport({ host, port, writeTimeoutMs, tls: { caFile: ca.certFile, servername: "localhost" } }),
  },
};

async function connect(
  { listen, transport }: Kind,
  host: string,
  writeTimeoutMs: number,
  options: StreamCaptureOptions,
): Promise<{ readonly capture: StreamCapture; readonly sender: Transport; readonly broke: Promise<TransportError> }> {
  const capture = await listen({ ...options, host: host.replace("::ffff:", "") });
  onTestFinished(capture.close);
  const sender = transport(host, capture.port, writeTimeoutMs);
  onTestFinished(sender.close);
  const broke = new Promise<TransportError>((resolve) => {
    sender.onBreak(resolve);
  });
  return { capture, sender, broke };
}

function readSlowly(socket: Socket): void {
  socket.on("data", () => {
    socket.pause();
    setTimeout(() => socket.resume(), 10);
  });
}

// Elsewhere the system does not tell what was acknowledged.
describe.runIf(process.platform === "linux")("on Linux", () => {
  describe.each(Object.entries(KINDS))("over %s", (_name, kind) => {
    test.each(["127.0.0.1", "::1", "::ffff:127.0.0.1"])("a peer at %s that falls silent is noticed", async (host) => {
      const { sender, broke } = await connect(kind, host, 150, { reading: false });
      await sender.send(MESSAGES, patient());
      const failure = await broke;
      expect(failure).toMatchObject({ code: "timeout", retryable: true, delivered: 0 });
      expect(failure.message).toContain("acknowledged nothing for 150 ms");
      expect(sender.state).toBe("idle");
    });

    test("a reader that is slow but alive is never cut", async () => {
      const { capture, sender, broke } = await connect(kind, "127.0.0.1", 300, { onConnection: readSlowly });
      const outcome = Promise.race([broke, capture.waitFor(() => capture.messages.length === 3 * MESSAGES.length)]);
      for (let batch = 0; batch < 3; batch++) await sender.send(MESSAGES, patient());
      expect(await outcome).toBeUndefined();
      expect(sender.state).toBe("connected");
    });
  });
});

test("nothing is told of a socket that is not connected", async () => {
  expect(await readSendQueue(new Socket())).toBeUndefined();
});
