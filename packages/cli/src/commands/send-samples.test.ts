import { type Socket } from "node:net";
import { captureTcp, captureTls, createCertificates } from "@clawmetry/siem-testkit";
import { PassThrough } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { createFakeTerminal } from "../testing/fake-terminal.ts";
import { startListening } from "../testing/start-listening.ts";
import { run } from "../run.ts";

function to(port: number | undefined): string[] {
  return ["--host", "127.0.0.1", "--port", String(port), "--protocol", "tcp"];
}

test("every signature that events can have arrives once, well-formed", async () => {
  const {
    ports,
    terminal: collector,
    ended,
  } = await startListening("--check", "--json", "--count", "44", "--tcp", "0");
  const terminal = createFakeTerminal();
  expect(await run(["test", ...to(ports["tcp"])], terminal)).toBe(0);
  expect(await ended).toBe(0);
  const arrived = collector
    .out()
    .trimEnd()
    .split("\n")
    .map((line) => Number(/"signatureId":"(\d+)"/.exec(line)?.[1]));
  expect(arrived).toEqual([
    ...[1001, 1002, 1003, 1004, 1005, 1006, 1007, 2001, 2002, 2003, 3001, 3002, 3003, 3004, 3005],
    ...[4001, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 5001],
    ...[6001, 6002, 6003, 6004, 6005, 6006, 6007, 6008, 7001, 7002, 8001, 8002, 8003, 8004],
    ...[9002, 9003, 9007, 9999],
  ]);
});

test("every sample is well-formed as JSON too", async () => {
  const { ports, terminal: collector, ended } = await startListening("--check", "--count", "44", "--tcp", "0");
  expect(await run(["test", "--format", "json", ...to(ports["tcp"])], createFakeTerminal())).toBe(0);
  expect(await ended).toBe(0);
  expect(collector.err()).toMatch(/\nrecords=44 \(tcp=44\) malformed=0 framing=0 overrun=0\n$/);
});

test("it says what was sent, what was left out, and that nothing is proved", async () => {
  const collector = await captureTcp();
  onTestFinished(collector.close);
  const terminal = createFakeTerminal();
  expect(await run(["test", ...to(collector.port)], terminal)).toBe(0);
  const lines = terminal.out().trimEnd().split("\n");
  expect(lines).toHaveLength(44);
  expect(lines[0]).toMatch(/^1001 {2}Tool Call {21}[0-9a-f-]{36}-1001$/);
  const messages = terminal.err().split("\n");
  expect(messages[0]).toBe(
    "left out: 9001 Events Dropped, 9004 Exporter Started, 9005 Exporter Stopped, 9006 Heartbeat: " +
      "only a running exporter makes them",
  );
  expect(messages[1]).toBe(
    `all 44 were handed over for tcp://127.0.0.1:${collector.port}: sent=44 dropped=0 left=0 errors=0`,
  );
  expect(messages[2]).toMatch(
    /^that is no proof of arrival: look for agent clawmetry-siem-test, session [0-9a-f-]{36} /,
  );
});

test("of a failover, only the collector in use is tried: a dead one behind it is not noticed", async () => {
  const collector = await captureTcp();
  onTestFinished(collector.close);
  const terminal = createFakeTerminal();
  const hosts = ["--host", "127.0.0.1,127.0.0.2", "--port", String(collector.port), "--protocol", "tcp"];
  expect(await run(["test", ...hosts], terminal)).toBe(0);
  expect(terminal.err()).toContain("sent=44 dropped=0 left=0 errors=0\n");
});

test("a dead collector makes the exit code 1 after the time limit", async () => {
  const { port, close } = await captureTcp();
  await close();
  const terminal = createFakeTerminal();
  expect(await run(["test", "--timeout", "0.2", ...to(port)], terminal)).toBe(1);
  const messages = terminal.err().split("\n");
  expect(messages.slice(1, 2)).toEqual([
    `gave up: nothing was sent to tcp://127.0.0.1:${port} for 0.2 s; ` +
      `last error (connect): cannot connect to 127.0.0.1:${port} (ECONNREFUSED): nothing listens there`,
  ]);
  expect(messages[2]).toMatch(
    /^NOT all 44 were handed over for tcp:\/\/127\.0\.0\.1:\d+: sent=0 dropped=0 left=44 errors=\d+$/,
  );
  expect(messages.slice(3)).toEqual([""]);
  expect(terminal.out()).toBe("");
});

test.each([
  ["closes the connection", (socket: Socket) => socket.end(), "was closed by the peer"],
  ["resets the connection", (socket: Socket) => socket.resetAndDestroy(), "broke (ECONNRESET)"],
])("a collector that %s at the first data makes the exit code 1", async (_name, cut, reason) => {
  const collector = await captureTcp({ onConnection: (socket) => socket.once("data", () => cut(socket)) });
  onTestFinished(collector.close);
  const terminal = createFakeTerminal();
  expect(await run(["test", "--timeout", "0.5", ...to(collector.port)], terminal)).toBe(1);
  expect(terminal.err()).toContain(
    `last error (io): connection to 127.0.0.1:${collector.port} ${reason}; the port may want TLS (--protocol tcp-tls)\n`,
  );
  expect(terminal.err()).toMatch(/\nNOT all 44 were handed over for .*: sent=0 dropped=0 left=44 errors=\d+\n$/);
});

test("a port that speaks TLS makes the exit code 1 for clear text", async () => {
  const certificates = await createCertificates();
  onTestFinished(certificates.remove);
  const collector = await captureTls(certificates.server);
  onTestFinished(collector.close);
  const terminal = createFakeTerminal();
  expect(await run(["test", "--timeout", "0.5", ...to(collector.port)], terminal)).toBe(1);
  expect(terminal.err()).toMatch(/last error \(io\): connection to .*; the port may want TLS \(--protocol tcp-tls\)\n/);
  expect(terminal.err()).toMatch(/\nNOT all 44 were handed over for .* left=44 errors=\d+\n$/);
  expect(terminal.out()).toBe("");
});

test.each([
  ["a no", "n", 1],
  ["Ctrl-C", "\u0003", 130],
])("a person is asked first, and %s sends nothing", async (_name, key, code) => {
  const collector = await captureTcp();
  onTestFinished(collector.close);
  const keyboard = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const terminal = createFakeTerminal({ input: keyboard, isTTY: true, env: { NO_COLOR: "1" } });
  const ended = run(["test", ...to(collector.port)], terminal);
  await terminal.errSays(`Send 44 sample events to tcp://127.0.0.1:${collector.port}?`);
  keyboard.write(key);
  expect(await ended).toBe(code);
  expect(terminal.err()).toContain("nothing was sent\n");
  expect(terminal.err()).not.toMatch(/\u001b\[[\d;]*m/);
  expect(collector.sockets).toHaveLength(0);
});

test("with --yes nobody is asked", async () => {
  const collector = await captureTcp();
  onTestFinished(collector.close);
  const keyboard = Object.assign(new PassThrough(), { isTTY: true });
  const terminal = createFakeTerminal({ input: keyboard, isTTY: true });
  expect(await run(["test", "--yes", ...to(collector.port)], terminal)).toBe(0);
  expect(terminal.err()).not.toContain("Send 44");
});

test("with several collectors, those that every one got are printed", async () => {
  const collector = await captureTcp();
  onTestFinished(collector.close);
  const terminal = createFakeTerminal();
  const args = [
    "--host",
    "127.0.0.1,localhost",
    "--mode",
    "all",
    "--protocol",
    "tcp",
    "--port",
    String(collector.port),
  ];
  expect(await run(["test", ...args], terminal)).toBe(0);
  expect(terminal.out().trimEnd().split("\n")).toHaveLength(44);
  const { port } = collector;
  expect(terminal.err().split("\n").slice(1, 4)).toEqual([
    `tcp://127.0.0.1:${port}: sent=44 dropped=0 left=0 errors=0`,
    `tcp://localhost:${port}: sent=44 dropped=0 left=0 errors=0`,
    `all 44 were handed over for tcp://127.0.0.1:${port} and tcp://localhost:${port}: sent=88 dropped=0 left=0 errors=0`,
  ]);
});
