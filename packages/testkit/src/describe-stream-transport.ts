import { type Transport, type TransportError } from "@clawmetry/siem-core";
import { type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type StreamCapture, type StreamCaptureOptions } from "./capture.ts";
import { patient } from "./describe-transport.ts";

/** Time limits of the transport under test, in milliseconds. */
export interface StreamLimits {
  readonly writeTimeoutMs?: number;
  readonly closeTimeoutMs?: number;
  readonly reconnectAfterMs?: number;
}

/** Makes the parts of one test. */
export interface StreamHarness {
  readonly listen: (options: StreamCaptureOptions) => Promise<StreamCapture>;
  readonly transport: (port: number, limits: StreamLimits) => Transport;
}

interface Setup {
  readonly capture: StreamCapture;
  readonly transport: Transport;
  readonly breaks: readonly TransportError[];
}

/** How a peer can leave. */
const FAREWELLS: readonly (readonly [string, (capture: StreamCapture) => void])[] = [
  ["ends", ({ sockets }) => sockets.at(-1)?.end()],
  ["destroys", ({ sockets }) => sockets.at(-1)?.destroy()],
  [
    "resets",
    ({ reset }) => {
      reset();
    },
  ],
];

// More than the kernel buffers of both ends take.
const LARGE = Array.from({ length: 300 }, (_, index) => `<1>${String(index).padStart(6, "0")} ${"x".repeat(40_000)}`);

/** What a transport over a connection owes to the pipeline besides `describeTransport`: it lives through every fault. */
export function describeStreamTransport(name: string, harness: StreamHarness): void {
  describe(`${name} lives through faults of its connection`, () => {
    const opened: (Transport | StreamCapture)[] = [];
    afterEach(async () => {
      for (const { close } of opened.splice(0)) await close();
    });

    async function setup(options: StreamCaptureOptions = {}, limits: StreamLimits = {}): Promise<Setup> {
      const capture = await harness.listen(options);
      const transport = harness.transport(capture.port, limits);
      const breaks: TransportError[] = [];
      transport.onBreak((error) => breaks.push(error));
      opened.push(transport, capture);
      return { capture, transport, breaks };
    }

    test("5 MB arrive whole and in order although the reader is slow", async () => {
      const { capture, transport } = await setup({ onConnection: readSlowly });
      const messages = Array.from({ length: 2500 }, (_, index) => `<1>${index} ${"ü".repeat(1000)}`);
      await transport.send(messages, patient());
      await capture.waitFor(() => capture.messages.length === messages.length);
      expect(capture.messages).toEqual(messages);
    });

    test("a reader that stops is given up after the time limit, and what it was handed is told", async () => {
      const { capture, transport, breaks } = await setup({ reading: false }, { writeTimeoutMs: 100 });
      const failure = await failureOf(transport.send(LARGE, patient()));
      expect(failure).toMatchObject({ name: "TransportError", code: "timeout", retryable: true });
      expect(failure.message).toContain("took no data for 100 ms");
      expect(failure.delivered).toBeGreaterThan(0);
      expect(failure.delivered).toBeLessThan(LARGE.length);
      expect(breaks).toHaveLength(1);
      expect(transport.state).toBe("idle");
      capture.sockets[0]?.resume();
      await capture.waitFor(() => capture.messages.length >= failure.delivered);
      expect(capture.messages.slice(0, failure.delivered)).toEqual(LARGE.slice(0, failure.delivered));
    });

    test("an abort ends a send that is stuck, and the next send takes a new connection", async () => {
      const { capture, transport, breaks } = await setup({ onConnection: stopReading });
      const controller = new AbortController();
      const sending = failureOf(transport.send(LARGE, controller.signal));
      await capture.waitFor(() => capture.bytes().length > 0);
      controller.abort();
      expect(await sending).toMatchObject({ code: "timeout", retryable: true });
      expect(breaks).toHaveLength(1);
      await transport.send(["<1>again"], patient());
      await capture.waitFor(() => capture.messages.includes("<1>again"));
    });

    test("a close ends a send that is stuck, in bounded time", async () => {
      const { capture, transport, breaks } = await setup({ onConnection: stopReading }, { closeTimeoutMs: 50 });
      const sending = failureOf(transport.send(LARGE, patient()));
      await capture.waitFor(() => capture.bytes().length > 0);
      await transport.close();
      expect(await sending).toMatchObject({ code: "closed", retryable: false });
      expect(breaks).toEqual([]);
    });

    test("close does not wait for ever for a peer that keeps its side open", async () => {
      const { capture, transport } = await setup({ reading: false }, { closeTimeoutMs: 50 });
      await transport.send(["<1>one"], patient());
      await transport.close();
      capture.sockets[0]?.resume();
      await capture.waitFor(() => capture.messages.length === 1);
    });

    test.each(FAREWELLS)(
      "an idle connection that the peer %s is noticed at once, told once and made anew",
      async (_name, leave) => {
        const { capture, transport, breaks } = await setup();
        const told = new Promise<string>((resolve) => {
          transport.onBreak(() => {
            resolve(`state ${transport.state}, ${capture.sockets.length} connection`);
          });
        });
        await transport.send(["<1>one"], patient());
        await capture.waitFor(() => capture.messages.length === 1);
        leave(capture);
        expect(await told).toBe("state idle, 1 connection");
        await transport.send(["<1>two"], patient());
        await capture.waitFor(() => capture.messages.length === 2);
        expect(capture.messages).toEqual(["<1>one", "<1>two"]);
        expect(capture.sockets).toHaveLength(2);
        expect(breaks).toMatchObject([{ name: "TransportError", code: "io", retryable: true, delivered: 0 }]);
      },
    );

    test.each(FAREWELLS)(
      "a batch during which the peer %s is finished over the next connection",
      async (_name, leave) => {
        const { capture, transport, breaks } = await setup({
          onConnection: (socket) => {
            if (capture.sockets.length === 1)
              socket.once("data", () => {
                leave(capture);
              });
          },
        });
        const failure = await failureOf(transport.send(LARGE, patient()));
        expect(failure).toMatchObject({ name: "TransportError", code: "io", retryable: true });
        expect(failure.delivered).toBeLessThan(LARGE.length);
        expect(breaks).toHaveLength(1);
        // The capture may still be reading what the first connection carried, and keeps no connections apart.
        await capture.waitFor(() => capture.sockets[0]?.destroyed === true);
        const rest = LARGE.slice(failure.delivered);
        await transport.send(rest, patient());
        await capture.waitFor(() => capture.messages.at(-1) === LARGE.at(-1));
        expect(capture.messages.slice(-rest.length)).toEqual(rest);
        expect(breaks).toHaveLength(1);
      },
    );

    test("what the peer says is read and thrown away", async () => {
      const { capture, transport, breaks } = await setup({
        onConnection: (socket) => socket.write("x".repeat(1_000_000)),
      });
      await transport.send(["<1>one"], patient());
      await transport.send(["<1>two"], patient());
      await capture.waitFor(() => capture.messages.length === 2 && capture.sockets[0]?.writableLength === 0);
      expect(breaks).toEqual([]);
    });

    test("nothing listening is told as a failure to connect, and not as a break", async () => {
      const { capture, transport, breaks } = await setup();
      await capture.close();
      const failure = await failureOf(transport.send(["<1>one"], patient()));
      expect(failure).toMatchObject({ name: "TransportError", code: "connect", retryable: true, delivered: 0 });
      expect(failure.message).toContain(`:${capture.port} (ECONNREFUSED)`);
      await expect(transport.connect?.(patient())).rejects.toMatchObject({ code: "connect", delivered: 0 });
      expect(transport.state).toBe("idle");
      expect(breaks).toEqual([]);
    });
  });
}

function stopReading(socket: Socket): void {
  socket.once("data", () => socket.pause());
}

function readSlowly(socket: Socket): void {
  socket.on("data", () => {
    socket.pause();
    setImmediate(() => socket.resume());
  });
}

/** The error with which a promise rejects. Throws when it does not. */
export async function failureOf(sending: Promise<void>): Promise<TransportError> {
  const outcome: unknown = await sending.then(
    () => "the send worked",
    (error: unknown) => error,
  );
  expect(outcome).toMatchObject({ name: "TransportError" });
  return outcome as TransportError;
}
