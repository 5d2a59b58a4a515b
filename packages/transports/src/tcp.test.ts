import { type LookupAddress } from "node:dns";
import {
  captureTcp,
  describeReplacement,
  describeStreamTransport,
  describeTransport,
  failureOf,
  patient,
  type StreamHarness,
} from "@clawmetry/siem-testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { tcpTransport } from "./tcp.ts";

async function listen(host = "127.0.0.1"): ReturnType<typeof captureTcp> {
  const capture = await captureTcp({ host });
  onTestFinished(capture.close);
  return capture;
}

describe.each(["newline", "octet-counting"] as const)("%s framing", (framing) => {
  describeTransport("tcpTransport", async () => {
    const capture = await captureTcp();
    const { host, port } = capture;
    return {
      transport: tcpTransport({ host, port, framing }),
      received: () => capture.messages,
      waitFor: capture.waitFor,
      dispose: capture.close,
    };
  });

  const harness: StreamHarness = {
    listen: captureTcp,
    transport: (port, limits) => tcpTransport({ host: "127.0.0.1", port, framing, ...limits }),
  };
  describeStreamTransport("tcpTransport", harness);
  describeReplacement("tcpTransport", harness);
});

test.each([
  ["newline", "<1>ü\n<2>two\n"],
  ["octet-counting", "5 <1>ü6 <2>two"],
] as const)("the bytes of %s framing", async (framing, bytes) => {
  const { host, port, ...capture } = await listen();
  const transport = tcpTransport({ host, port, framing });
  await transport.send(["<1>ü", "<2>two"], patient());
  await transport.close();
  await capture.waitFor(() => capture.bytes().length >= Buffer.byteLength(bytes));
  expect(capture.bytes().toString()).toBe(bytes);
});

test.each(["127.0.0.1", "::1"])("each address of a name is tried until one answers: %s", async (address) => {
  const capture = await listen(address);
  const lookup = (): Promise<readonly LookupAddress[]> =>
    Promise.resolve([
      { address: "::1", family: 6 },
      { address: "127.0.0.1", family: 4 },
    ]);
  const transport = tcpTransport({ host: "collector.example", port: capture.port, lookup });
  onTestFinished(transport.close);
  await transport.send(["<1>one"], patient());
  expect(transport.peer).toEqual({ address, port: capture.port });
});

test("a name is looked up again at every connect", async () => {
  const capture = await listen();
  let lookups = 0;
  const lookup = (): Promise<readonly LookupAddress[]> => {
    lookups += 1;
    return Promise.resolve([{ address: "127.0.0.1", family: 4 }]);
  };
  const transport = tcpTransport({ host: "collector.example", port: capture.port, lookup });
  onTestFinished(transport.close);
  const told = new Promise<void>((resolve) => {
    transport.onBreak(() => {
      resolve();
    });
  });
  await transport.send(["<1>one"], patient());
  capture.reset();
  await told;
  await transport.send(["<1>two"], patient());
  expect(lookups).toBe(2);
});

test("a lookup that fails is told with its reason", async () => {
  const lookup = (): Promise<never> => Promise.reject(Object.assign(new Error("no"), { code: "ESERVFAIL" }));
  const failure = await failureOf(tcpTransport({ host: "collector.example", lookup }).send(["<1>one"], patient()));
  expect(failure).toMatchObject({ code: "connect", retryable: true });
  expect(failure.message).toBe("cannot connect to collector.example:514 (ESERVFAIL)");
});

test("a lookup that never answers ends with the time limit", async () => {
  const lookup = (): Promise<never> => new Promise(() => undefined);
  const transport = tcpTransport({ host: "collector.example", lookup, connectTimeoutMs: 20 });
  const failure = await failureOf(transport.send(["<1>one"], patient()));
  expect(failure).toMatchObject({ code: "timeout", retryable: true });
  expect(failure.message).toBe("cannot connect to collector.example:514: no answer in 20 ms");
});

test("an abort while connecting ends the wait", async () => {
  const capture = await listen();
  const transport = tcpTransport({ host: "127.0.0.1", port: capture.port });
  const controller = new AbortController();
  const sending = failureOf(transport.send(["<1>one"], controller.signal));
  await Promise.resolve(); // the send starts in a microtask
  expect(transport.state).toBe("connecting");
  controller.abort();
  expect(await sending).toMatchObject({ code: "timeout", retryable: true, delivered: 0 });
  expect(transport.state).toBe("idle");
});

test("a close while connecting ends the wait", async () => {
  const capture = await listen();
  const transport = tcpTransport({ host: "127.0.0.1", port: capture.port });
  const sending = failureOf(transport.send(["<1>one"], patient()));
  await Promise.resolve();
  await transport.close();
  expect(await sending).toMatchObject({ code: "closed", retryable: false });
});

test("a listener of breaks that throws does no harm", async () => {
  const capture = await listen();
  const transport = tcpTransport({ host: "127.0.0.1", port: capture.port });
  onTestFinished(transport.close);
  transport.onBreak(() => {
    throw new Error("a bug of the listener");
  });
  const told = new Promise<void>((resolve) => {
    transport.onBreak(() => {
      resolve();
    });
  });
  await transport.send(["<1>one"], patient());
  capture.reset();
  await told;
  await transport.send(["<1>two"], patient());
});

test.each([
  [{ host: "" }, "host must be a host name or an IP address without brackets"],
  [{ host: "[::1]" }, "host must be a host name or an IP address without brackets"],
  [{ host: "a b" }, "host must be a host name or an IP address without brackets"],
  [{ host: "h", port: 0 }, "port must be an integer from 1 to 65535, got 0"],
  [{ host: "h", port: 65_536 }, "port must be an integer from 1 to 65535, got 65536"],
  [{ host: "h", port: 1.5 }, "port must be an integer from 1 to 65535, got 1.5"],
  [{ host: "h", connectTimeoutMs: 0 }, "connectTimeoutMs must be a number of milliseconds above 0"],
  [{ host: "h", writeTimeoutMs: NaN }, "writeTimeoutMs must be a number of milliseconds above 0"],
  [{ host: "h", keepAliveMs: -1 }, "keepAliveMs must be a number of milliseconds above 0"],
  [{ host: "h", reconnectAfterMs: -1 }, "reconnectAfterMs must be a number of milliseconds, or 0 for never, got -1"],
  [{ host: "h", reconnectAfterMs: NaN }, "reconnectAfterMs must be a number of milliseconds, or 0 for never, got NaN"],
  [{ host: "h", closeTimeoutMs: Infinity }, "closeTimeoutMs must be a number of milliseconds above 0"],
])("options %o are refused", (options, message) => {
  expect(() => tcpTransport(options)).toThrow(message);
});

test("a framing that does not exist is refused", () => {
  const framing = "lines" as "newline"; // as it may come from a program without types
  expect(() => tcpTransport({ host: "h", framing })).toThrow('framing must be "newline" or "octet-counting"');
});
