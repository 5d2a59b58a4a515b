import { Socket } from "node:dgram";
import { type LookupAddress } from "node:dns";
import { setImmediate as nextRound } from "node:timers/promises";
import { captureUdp, describeTransport, failureOf, patient } from "@clawmetry/siem-testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { type UdpOptions, udpTransport } from "./udp.ts";

async function listen(host = "127.0.0.1"): ReturnType<typeof captureUdp> {
  const capture = await captureUdp({ host });
  onTestFinished(capture.close);
  return capture;
}

function start(options: UdpOptions): ReturnType<typeof udpTransport> {
  const transport = udpTransport(options);
  onTestFinished(transport.close);
  return transport;
}

type Send = (this: Socket, datagram: Uint8Array, callback: (error?: Error) => void) => void;

/** Lets the kernel refuse datagrams, by the number of the call. Gives what puts Node.js back as it was. */
function interceptSend(refusal: (calls: number) => Error | undefined): () => void {
  const original = Reflect.get(Socket.prototype, "send") as Send;
  const restore = (): void => {
    Reflect.set(Socket.prototype, "send", original);
  };
  let calls = 0;
  const send: Send = function (datagram, callback) {
    const error = refusal(++calls);
    if (error === undefined) original.call(this, datagram, callback);
    else setImmediate(callback, error);
  };
  Reflect.set(Socket.prototype, "send", send);
  onTestFinished(restore);
  return restore;
}

const addresses = (...list: readonly string[]): readonly LookupAddress[] =>
  list.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

describe.each(["127.0.0.1", "::1"])("to %s", (host) => {
  describeTransport("udpTransport", async () => {
    const capture = await captureUdp({ host });
    return {
      transport: udpTransport({ host, port: capture.port }),
      received: () => capture.messages,
      waitFor: capture.waitFor,
      dispose: capture.close,
    };
  });
});

test("a datagram is the message and nothing else", async () => {
  const capture = await listen();
  await start({ host: "127.0.0.1", port: capture.port }).send(["<1>one"], patient());
  await capture.waitFor(() => capture.messages.length > 0);
  expect(capture.messages).toEqual(["<1>one"]);
});

test.each([
  ["127.0.0.1", 65_507],
  ["::1", 65_527],
])("to %s, %d bytes are sent and one more is refused", async (host, bytes) => {
  const capture = await listen(host);
  const transport = start({ host, port: capture.port });
  const failure = await failureOf(
    transport.send(["<1>first", "a".repeat(bytes), "a".repeat(bytes + 1), "<1>never"], patient()),
  );
  expect(failure).toMatchObject({ code: "too_large", retryable: false, delivered: 2 });
  expect(failure.message).toContain(`(the limit is ${bytes} bytes)`);
  await capture.waitFor(() => capture.messages.length === 2);
  expect(capture.messages.map(({ length }) => length)).toEqual([8, bytes]);
  expect(transport.state).toBe("connected");
});

test("maxDatagramBytes counts bytes, not characters", async () => {
  const capture = await listen();
  const transport = start({ host: "127.0.0.1", port: capture.port, maxDatagramBytes: 6 });
  await transport.send(["<1>ü1"], patient());
  const failure = await failureOf(transport.send(["<1>üü"], patient()));
  expect(failure).toMatchObject({ code: "too_large", retryable: false, delivered: 0 });
});

test("a port that nobody listens on is told as a break, and the next send works once somebody does", async () => {
  const gone = await captureUdp();
  await gone.close();
  const transport = start({ host: "127.0.0.1", port: gone.port });
  const told = new Promise((resolve) => {
    transport.onBreak((error) => {
      resolve({ error, state: transport.state });
    });
  });
  await transport.send(["<1>lost"], patient());
  expect(await told).toMatchObject({
    error: { name: "TransportError", code: "refused", retryable: true, delivered: 0 },
    state: "idle",
  });
  const back = await captureUdp({ port: gone.port });
  onTestFinished(back.close);
  await transport.send(["<1>again"], patient());
  await back.waitFor(() => back.messages.length > 0);
  expect(back.messages).toEqual(["<1>again"]);
});

test.each(["ENOBUFS", "ENOMEM", "EAGAIN"])(
  "a passing %s of the kernel keeps the channel and is no break",
  async (code) => {
    const capture = await listen();
    const transport = start({ host: "127.0.0.1", port: capture.port });
    const breaks: unknown[] = [];
    transport.onBreak((error) => breaks.push(error));
    await transport.connect?.(patient());
    const { peer } = transport;
    const restore = interceptSend((calls) => (calls <= 70 ? undefined : Object.assign(new Error("send"), { code })));
    const messages = Array.from({ length: 100 }, (_, index) => `<1>${index}`);
    const failure = await failureOf(transport.send(messages, patient()));
    expect(failure).toMatchObject({ code: "io", retryable: true, delivered: 70 });
    expect(failure.message).toBe(`sending to 127.0.0.1:${capture.port} failed (${code})`);
    expect(transport.state).toBe("connected");
    restore();
    await transport.send(messages.slice(failure.delivered), patient());
    await capture.waitFor(() => capture.messages.length === messages.length);
    expect(capture.messages).toEqual(messages);
    expect(transport.peer).toBe(peer);
    expect(breaks).toEqual([]);
  },
);

test("after a failure the next address of the name is taken", async () => {
  const capture = await listen();
  const lookup = (): Promise<readonly LookupAddress[]> => Promise.resolve(addresses("::1", "127.0.0.1"));
  const transport = start({ host: "collector.example", port: capture.port, lookup });
  const told = new Promise<void>((resolve) => {
    transport.onBreak(() => {
      resolve();
    });
  });
  await transport.send(["<1>lost"], patient());
  expect(transport.peer).toEqual({ address: "::1", port: capture.port });
  await told;
  await transport.send(["<1>two"], patient());
  await capture.waitFor(() => capture.messages.length > 0);
  expect(transport.peer).toEqual({ address: "127.0.0.1", port: capture.port });
});

test("an address without a route is passed over", async () => {
  const capture = await listen();
  const lookup = (): Promise<readonly LookupAddress[]> => Promise.resolve(addresses("fe80::1%nowhere", "127.0.0.1"));
  const transport = start({ host: "collector.example", port: capture.port, lookup });
  await transport.send(["<1>one"], patient());
  expect(transport.peer).toEqual({ address: "127.0.0.1", port: capture.port });
});

test("a name that moved is followed, without a break", async () => {
  const [old, moved] = [await listen("127.0.0.1"), await captureUdp({ host: "::1" })];
  onTestFinished(moved.close);
  const answers = [addresses("127.0.0.1"), addresses("::1")];
  const lookup = (): Promise<readonly LookupAddress[]> => Promise.resolve(answers.shift() ?? addresses("::1"));
  const transport = start({ host: "collector.example", port: old.port, lookup, lookupIntervalMs: 0.001 });
  const breaks: unknown[] = [];
  transport.onBreak((error) => breaks.push(error));
  await transport.send(["<1>one"], patient());
  await nextRound(); // the lookup runs beside the sends
  expect(transport.state).toBe("idle");
  await transport.send(["<1>two"], patient());
  expect(transport.peer?.address).toBe("::1");
  expect(breaks).toEqual([]);
});

test("the old address stays while DNS is down", async () => {
  const capture = await listen();
  let lookups = 0;
  const lookup = (): Promise<readonly LookupAddress[]> => {
    lookups += 1;
    return lookups === 1 ? Promise.resolve(addresses("127.0.0.1")) : Promise.reject(new Error("no answer"));
  };
  const transport = start({ host: "collector.example", port: capture.port, lookup, lookupIntervalMs: 0.001 });
  for (const message of ["<1>one", "<1>two", "<1>three"]) await transport.send([message], patient());
  await capture.waitFor(() => capture.messages.length === 3);
  expect(lookups).toBeGreaterThan(1);
  expect(capture.messages).toEqual(["<1>one", "<1>two", "<1>three"]);
});

test.each([
  ["fails", (): Promise<never> => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" })), "(ENOTFOUND)"],
  ["gives no address", (): Promise<never[]> => Promise.resolve([]), "cannot connect to collector.example:514"],
])("a lookup that %s is told", async (_name, lookup, reason) => {
  const transport = start({ host: "collector.example", lookup });
  const failure = await failureOf(transport.send(["<1>one"], patient()));
  expect(failure).toMatchObject({ code: "connect", retryable: true, delivered: 0 });
  expect(failure.message).toContain(reason);
  expect(transport.state).toBe("idle");
});

test("an abort ends the wait for a lookup, which the next send goes on waiting for", async () => {
  const capture = await listen();
  let answer: (list: readonly LookupAddress[]) => void = () => undefined;
  let lookups = 0;
  const lookup = (): Promise<readonly LookupAddress[]> =>
    new Promise((resolve) => {
      lookups += 1;
      answer = resolve;
    });
  const transport = start({ host: "collector.example", port: capture.port, lookup });
  const controller = new AbortController();
  const aborted = failureOf(transport.send(["<1>one"], controller.signal));
  controller.abort();
  expect(await aborted).toMatchObject({ code: "timeout", retryable: true, delivered: 0 });
  const sending = transport.send(["<1>two"], patient());
  await nextRound();
  answer(addresses("127.0.0.1"));
  await sending;
  expect(lookups).toBe(1);
});

test("a close ends the wait for a lookup", async () => {
  const transport = udpTransport({ host: "collector.example", lookup: () => new Promise(() => undefined) });
  const sending = failureOf(transport.send(["<1>one"], patient()));
  await nextRound();
  expect(transport.state).toBe("connecting");
  await transport.close();
  expect(await sending).toMatchObject({ code: "closed", retryable: false });
});

test.each([
  [{ host: "" }, "host must be a host name or an IP address without brackets"],
  [{ host: "h", port: 70_000 }, "port must be an integer from 1 to 65535, got 70000"],
  [{ host: "h", maxDatagramBytes: 0 }, "maxDatagramBytes must be an integer from 1 to 65527, got 0"],
  [{ host: "h", maxDatagramBytes: 65_528 }, "maxDatagramBytes must be an integer from 1 to 65527, got 65528"],
  [{ host: "h", lookupIntervalMs: 0 }, "lookupIntervalMs must be a number of milliseconds above 0"],
])("options %o are refused", (options, message) => {
  expect(() => udpTransport(options)).toThrow(message);
});
