import { setImmediate } from "node:timers/promises";
import { type Transport, type TransportError } from "@clawmetry/siem-core";
import { afterEach, describe, expect, test } from "vitest";
import { type StreamCapture, type StreamCaptureOptions } from "./capture.ts";
import { type StreamHarness, type StreamLimits } from "./describe-stream-transport.ts";
import { patient } from "./describe-transport.ts";

interface Setup {
  readonly capture: StreamCapture;
  readonly transport: Transport;
  readonly breaks: readonly TransportError[];
  /** Sends one message after another until `condition` holds. Gives all that were sent. */
  readonly sendUntil: (condition: () => boolean) => Promise<readonly string[]>;
}

/** How a transport replaces a connection that is older than `reconnectAfterMs`: without a hole. */
export function describeReplacement(name: string, harness: StreamHarness): void {
  describe(`${name} replaces an old connection`, () => {
    const opened: (Transport | StreamCapture)[] = [];
    afterEach(async () => {
      for (const { close } of opened.splice(0)) await close();
    });

    async function setup(options: StreamCaptureOptions = {}, limits: StreamLimits = {}): Promise<Setup> {
      const capture = await harness.listen(options);
      const transport = harness.transport(capture.port, { reconnectAfterMs: 0.001, ...limits });
      const breaks: TransportError[] = [];
      transport.onBreak((error) => breaks.push(error));
      opened.push(transport, capture);
      const sent: string[] = [];
      const sendUntil = async (condition: () => boolean): Promise<readonly string[]> => {
        while (!condition()) {
          const message = `<1>${sent.push("")}`;
          sent[sent.length - 1] = message;
          await transport.send([message], patient());
          await setImmediate();
        }
        return sent;
      };
      return { capture, transport, breaks, sendUntil };
    }

    test("the old one is ended cleanly, nothing is lost or sent twice, and no break is told", async () => {
      const { capture, transport, breaks, sendUntil } = await setup();
      const sent = await sendUntil(() => capture.sockets.filter((socket) => socket.readableEnded).length >= 3);
      await capture.waitFor(() => capture.messages.length >= sent.length);
      expect([...capture.messages].sort()).toEqual([...sent].sort());
      expect(transport.state).toBe("connected");
      expect(breaks).toEqual([]);
    });

    test("a young one stays", async () => {
      const { capture, transport } = await setup({}, { reconnectAfterMs: 600_000 });
      for (const message of ["<1>one", "<1>two", "<1>three"]) await transport.send([message], patient());
      await capture.waitFor(() => capture.messages.length === 3);
      expect(capture.sockets).toHaveLength(1);
    });

    test("an old one that breaks before its end is told as a break, and the sends go on", async () => {
      const { capture, transport, breaks, sendUntil } = await setup({
        onConnection: (socket) => {
          if (capture.sockets.length === 1) socket.pause();
        },
      });
      const told = new Promise<TransportError>((resolve) => {
        transport.onBreak(resolve);
      });
      await sendUntil(() => capture.bytes().length > 0); // the second connection reads
      capture.reset(1);
      expect(await told).toMatchObject({ code: "io", retryable: true });
      expect(transport.state).toBe("connected");
      await transport.send(["<1>last"], patient());
      await capture.waitFor(() => capture.messages.includes("<1>last"));
      expect(breaks).toHaveLength(1);
    });

    test("a close ends the old one and the new one, in bounded time", async () => {
      const { capture, transport, breaks, sendUntil } = await setup(
        {
          onConnection: (socket) => {
            if (capture.sockets.length === 1) socket.pause();
          },
        },
        { closeTimeoutMs: 50 },
      );
      await sendUntil(() => capture.bytes().length > 0);
      await transport.close();
      capture.sockets[0]?.resume();
      await capture.waitFor(() => capture.sockets.every(({ destroyed }) => destroyed));
      expect(transport.state).toBe("closed");
      expect(breaks).toEqual([]);
    });
  });
}
