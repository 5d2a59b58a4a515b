import { type LookupAddress } from "node:dns";
import { setImmediate } from "node:timers/promises";
import { captureTcp, patient, type StreamCapture } from "@clawmetry/siem-testkit";
import { expect, onTestFinished, test } from "vitest";
import { type Lookup, tcpTransport } from "./tcp.ts";

const LOOPBACK: readonly LookupAddress[] = [{ address: "127.0.0.1", family: 4 }];

async function start(lookup: Lookup): Promise<{
  readonly capture: StreamCapture;
  readonly transport: ReturnType<typeof tcpTransport>;
  readonly breaks: readonly Error[];
}> {
  const capture = await captureTcp();
  onTestFinished(capture.close);
  const transport = tcpTransport({ host: "collector.example", port: capture.port, lookup, reconnectAfterMs: 0.001 });
  onTestFinished(transport.close);
  const breaks: Error[] = [];
  transport.onBreak((error) => breaks.push(error));
  return { capture, transport, breaks };
}

test("while no new connection can be made, the old one stays and another is tried", async () => {
  let lookups = 0;
  const { capture, transport, breaks } = await start(() => {
    lookups += 1;
    return lookups === 1 ? Promise.resolve(LOOPBACK) : Promise.reject(new Error("no answer"));
  });
  let sent = 0;
  while (lookups < 4) {
    await transport.send([`<1>${++sent}`], patient());
    await setImmediate();
  }
  await capture.waitFor(() => capture.messages.length === sent);
  expect(capture.sockets).toHaveLength(1);
  expect(transport.state).toBe("connected");
  expect(breaks).toEqual([]);
});

test("a name that moved is followed without a break", async () => {
  const moved = await captureTcp({ host: "::1" });
  onTestFinished(moved.close);
  const addresses = ["127.0.0.1", "::1"];
  const capture = await captureTcp({ port: moved.port });
  onTestFinished(capture.close);
  const transport = tcpTransport({
    host: "collector.example",
    port: moved.port,
    lookup: () => {
      const address = addresses.shift() ?? "::1";
      return Promise.resolve([{ address, family: address === "::1" ? 6 : 4 }]);
    },
    reconnectAfterMs: 0.001,
  });
  onTestFinished(transport.close);
  const breaks: Error[] = [];
  transport.onBreak((error) => breaks.push(error));
  let sent = 0;
  while (moved.messages.length === 0) {
    await transport.send([`<1>${++sent}`], patient());
    await setImmediate();
  }
  await moved.waitFor(() => capture.messages.length + moved.messages.length === sent);
  expect(transport.peer).toEqual({ address: "::1", port: moved.port });
  expect(breaks).toEqual([]);
});

test("a connection that breaks while another is made is followed by a new one at once", async () => {
  let lookups = 0;
  const { capture, transport, breaks } = await start(() => {
    lookups += 1;
    return lookups === 2 ? new Promise(() => undefined) : Promise.resolve(LOOPBACK);
  });
  const told = new Promise<void>((resolve) => {
    transport.onBreak(() => {
      resolve();
    });
  });
  await transport.send(["<1>one"], patient());
  await capture.waitFor(() => capture.messages.length === 1);
  while (lookups < 2) await transport.connect?.(patient());
  capture.reset();
  await told;
  await transport.send(["<1>two"], patient());
  await capture.waitFor(() => capture.messages.length === 2);
  expect(lookups).toBe(3);
  expect(breaks).toHaveLength(1);
});

test("a close while another connection is made leaves none behind", async () => {
  const answers: ((addresses: readonly LookupAddress[]) => void)[] = [];
  let lookups = 0;
  const { capture, transport, breaks } = await start(() => {
    lookups += 1;
    if (lookups === 1) return Promise.resolve(LOOPBACK);
    return new Promise((resolve) => {
      answers.push(resolve);
    });
  });
  await transport.connect?.(patient());
  while (lookups < 2) await transport.connect?.(patient());
  await transport.close();
  for (const answer of answers) answer(LOOPBACK);
  await capture.waitFor(() => capture.sockets.length > 0 && capture.sockets.every(({ destroyed }) => destroyed));
  expect(capture.sockets).toHaveLength(1);
  expect(transport.state).toBe("closed");
  expect(breaks).toEqual([]);
});
