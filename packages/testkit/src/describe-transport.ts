import { type Transport, type TransportError } from "@clawmetry/siem-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** A transport and what is at its far end. */
export interface TransportHarness {
  readonly transport: Transport;
  /** Every message that has arrived, in order. */
  readonly received: () => readonly string[];
  /** Resolves as soon as `condition` holds, which is looked at after every arrival. */
  readonly waitFor: (condition: () => boolean) => Promise<void>;
  /** Takes the far end down. */
  readonly dispose: () => Promise<unknown>;
}

/** A signal that leaves a send all the time it needs. */
export function patient(): AbortSignal {
  return new AbortController().signal;
}

/** What every transport owes to the pipeline. Run it against each one. */
export function describeTransport(name: string, start: () => Promise<TransportHarness>): void {
  describe(`${name} keeps the transport contract`, () => {
    let harness: TransportHarness;
    let breaks: TransportError[];
    beforeEach(async () => {
      harness = await start();
      breaks = [];
      harness.transport.onBreak((error) => breaks.push(error));
    });
    afterEach(async () => {
      await harness.transport.close();
      await harness.dispose();
      expect(breaks).toEqual([]);
    });

    const arrived = async (messages: readonly string[]): Promise<void> => {
      await harness.waitFor(() => harness.received().length >= messages.length);
      expect(harness.received()).toEqual(messages);
    };

    test("batches arrive in order", async () => {
      await harness.transport.send(["<1>one", "<2>two"], patient());
      await harness.transport.send(["<3>three"], patient());
      await harness.transport.send(["<4>four", "<5>five"], patient());
      await arrived(["<1>one", "<2>two", "<3>three", "<4>four", "<5>five"]);
    });

    test("a batch of many messages arrives whole and in order", async () => {
      const messages = Array.from({ length: 300 }, (_, index) => `<1>message ${index}`);
      await harness.transport.send(messages, patient());
      await arrived(messages);
    });

    test("text of every script arrives as it was", async () => {
      const messages = ["<1>Grüße, \u4e16\u754c, \u{1f980}", "<1>\u202eright to left"];
      await harness.transport.send(messages, patient());
      await arrived(messages);
    });

    test("sends that overlap arrive in the order of the calls", async () => {
      const { send } = harness.transport;
      await Promise.all([send(["<1>a"], patient()), send(["<1>b", "<1>c"], patient()), send(["<1>d"], patient())]);
      await arrived(["<1>a", "<1>b", "<1>c", "<1>d"]);
    });

    test("an empty batch is sent at once and connects nothing", async () => {
      await harness.transport.send([], patient());
      expect(harness.transport.state).toBe("idle");
    });

    test("the state tells of the first send and of the close", async () => {
      expect(harness.transport.state).toBe("idle");
      expect(harness.transport.peer).toBeUndefined();
      await harness.transport.send(["<1>one"], patient());
      expect(harness.transport.state).toBe("connected");
      await harness.transport.close();
      expect(harness.transport.state).toBe("closed");
      expect(harness.transport.peer).toBeUndefined();
    });

    const connect = async (signal: AbortSignal): Promise<void> => {
      await harness.transport.connect?.(signal);
    };

    test("connect sends nothing, and the send after it needs no other connection", async () => {
      await connect(patient());
      expect(harness.transport.state).toBe("connected");
      const { peer } = harness.transport;
      await connect(patient());
      await harness.transport.send(["<1>one"], patient());
      expect(harness.transport.peer).toBe(peer);
      await arrived(["<1>one"]);
    });

    test("connects and sends that overlap run in turn", async () => {
      const { send } = harness.transport;
      await Promise.all([connect(patient()), send(["<1>a"], patient()), connect(patient()), send(["<1>b"], patient())]);
      await arrived(["<1>a", "<1>b"]);
    });

    test("connect obeys its signal, connected or not", async () => {
      const aborted = { name: "TransportError", code: "timeout", retryable: true, delivered: 0 };
      await expect(connect(AbortSignal.abort())).rejects.toMatchObject(aborted);
      expect(harness.transport.state).toBe("idle");
      await connect(patient());
      await expect(connect(AbortSignal.abort())).rejects.toMatchObject(aborted);
      expect(harness.transport.state).toBe("connected");
    });

    test("connect is refused after close", async () => {
      await harness.transport.close();
      await expect(connect(patient())).rejects.toMatchObject({ code: "closed", retryable: false });
    });

    test("a signal that is already aborted sends nothing, and the next send works", async () => {
      await expect(harness.transport.send(["<1>one"], AbortSignal.abort())).rejects.toMatchObject({
        name: "TransportError",
        code: "timeout",
        retryable: true,
        delivered: 0,
      });
      await harness.transport.send(["<1>two"], patient());
      await arrived(["<1>two"]);
    });

    test("close comes after what was sent, twice is once, and it is final", async () => {
      await harness.transport.send(["<1>one", "<1>two"], patient());
      await Promise.all([harness.transport.close(), harness.transport.close()]);
      await harness.transport.close();
      await arrived(["<1>one", "<1>two"]);
      const refused = { name: "TransportError", code: "closed", retryable: false, delivered: 0 };
      await expect(harness.transport.send(["<1>three"], patient())).rejects.toMatchObject(refused);
      await expect(harness.transport.send([], patient())).rejects.toMatchObject(refused);
    });

    test("a transport that never sent can be closed", async () => {
      await harness.transport.close();
      expect(harness.transport.state).toBe("closed");
    });
  });
}
