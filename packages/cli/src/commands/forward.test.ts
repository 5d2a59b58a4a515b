import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { captureTcp, captureTls, captureUdp, createCertificates, type StreamCapture } from "@clawmetry/siem-testkit";
import { expect, onTestFinished, test } from "vitest";
import { ndjson, toolCall } from "../testing/events.ts";
import { createFakeTerminal } from "../testing/fake-terminal.ts";
import { run } from "../run.ts";

const OFF = "CLAWMETRY_SIEM_HEARTBEAT_SECONDS";

async function tcpCollector(): Promise<StreamCapture> {
  const collector = await captureTcp();
  onTestFinished(collector.close);
  return collector;
}

function to(collector: { readonly port: number }, protocol = "tcp"): string[] {
  return ["--host", "127.0.0.1", "--port", String(collector.port), "--protocol", protocol];
}

function idsOf(messages: readonly string[]): string[] {
  return messages.flatMap((message) => / devicePayloadId=(\S+)/.exec(message)?.[1] ?? []);
}

test("events of standard input arrive, and the summary says so", async () => {
  const collector = await tcpCollector();
  const terminal = createFakeTerminal({ input: ndjson(toolCall("a"), toolCall("b")), env: { [OFF]: "0" } });
  expect(await run(["forward", ...to(collector)], terminal)).toBe(0);
  await collector.waitFor(() => collector.messages.length === 2);
  expect(idsOf(collector.messages)).toEqual(["a", "b"]);
  expect(terminal.err()).toBe("sent=2 dropped=0 left=0 errors=0 skipped=0\n");
  expect(terminal.out()).toBe("");
});

test("events arrive over UDP, as JSON when that is asked for", async () => {
  const collector = await captureUdp();
  onTestFinished(collector.close);
  const terminal = createFakeTerminal({ input: ndjson(toolCall("a")), env: { CLAWMETRY_SIEM_FORMAT: "json" } });
  expect(await run(["forward", "-", ...to(collector, "udp")], terminal)).toBe(0);
  await collector.waitFor(() => collector.messages.length === 1);
  expect(collector.messages[0]).toContain('"id":"a"');
});

test("bad lines are told by place and reason, skipped, and make the exit code 1", async () => {
  const collector = await tcpCollector();
  const terminal = createFakeTerminal({ input: `{"password": hunter2}\n${ndjson(toolCall("a"))}[]\n` });
  expect(await run(["forward", ...to(collector)], terminal)).toBe(1);
  expect(terminal.err()).toBe("-:1: not JSON\n-:3: not a JSON object\nsent=1 dropped=0 left=0 errors=0 skipped=2\n");
});

test("with --strict the first bad line is the last one, and what came before is sent", async () => {
  const collector = await tcpCollector();
  const terminal = createFakeTerminal({ input: `${ndjson(toolCall("a"))}{\n${ndjson(toolCall("b"))}` });
  expect(await run(["forward", "--strict", ...to(collector)], terminal)).toBe(1);
  expect(terminal.err()).toBe("-:2: not JSON\nsent=1 dropped=0 left=0 errors=0 skipped=1\n");
});

test("a missing file is told and makes the exit code 1", async () => {
  const collector = await tcpCollector();
  const terminal = createFakeTerminal();
  expect(await run(["forward", "/nowhere/events.ndjson", ...to(collector)], terminal)).toBe(1);
  expect(terminal.err()).toBe(
    "/nowhere/events.ndjson: cannot be read (ENOENT)\nsent=0 dropped=0 left=0 errors=0 skipped=1\n",
  );
});

test("a queue of four events loses none of a thousand", async () => {
  const collector = await tcpCollector();
  const ids = Array.from({ length: 1000 }, (_, index) => `e${index}`);
  const terminal = createFakeTerminal({ input: ndjson(...ids.map(toolCall)) });
  expect(await run(["forward", "--queue-events", "4", ...to(collector)], terminal)).toBe(0);
  await collector.waitFor(() => collector.messages.length === 1000);
  expect(idsOf(collector.messages)).toEqual(ids);
});

test("a dead collector is given up, and the reason is told", async () => {
  const { port, close } = await captureTcp();
  await close();
  const terminal = createFakeTerminal({ input: ndjson(toolCall("a")) });
  expect(await run(["forward", "--give-up", "0.2", ...to({ port })], terminal)).toBe(1);
  const [first = "", second] = terminal.err().split("\n");
  expect(first).toBe(
    `gave up: nothing was sent to tcp://127.0.0.1:${port} for 0.2 s; ` +
      `last error (connect): cannot connect to 127.0.0.1:${port} (ECONNREFUSED): nothing listens there`,
  );
  expect(second).toMatch(/^sent=0 dropped=0 left=1 errors=\d+ skipped=0$/);
});

test("a port that does not answer a TLS handshake is given up with a guess", async () => {
  const collector = await tcpCollector();
  const terminal = createFakeTerminal({ input: ndjson(toolCall("a")) });
  expect(await run(["forward", "--give-up", "0.2", ...to(collector, "tls")], terminal)).toBe(1);
  expect(terminal.err().split("\n")[0]).toBe(
    `gave up: nothing was sent to tls://127.0.0.1:${collector.port} for 0.2 s; no answer yet; the port may not speak TLS`,
  );
});

test("a port that ends a TLS handshake without a word is given up with the same guess", async () => {
  const collector = await captureTcp({ onConnection: (socket) => socket.once("data", () => socket.end()) });
  onTestFinished(collector.close);
  const terminal = createFakeTerminal({ input: ndjson(toolCall("a")) });
  expect(await run(["forward", "--give-up", "0.2", ...to(collector, "tls")], terminal)).toBe(1);
  expect(terminal.err()).toMatch(
    /^gave up: .*; last error \(connect\): .* closed the connection before it was ready; the port may not speak TLS\n/,
  );
});

test.each([
  ["closes the connection", (socket: Socket) => socket.end(), "was closed by the peer"],
  ["resets the connection", (socket: Socket) => socket.resetAndDestroy(), "broke (ECONNRESET)"],
])("a collector that %s at the first data has got nothing, as far as anybody knows", async (_name, cut, reason) => {
  const collector = await captureTcp({ onConnection: (socket) => socket.once("data", () => cut(socket)) });
  onTestFinished(collector.close);
  const terminal = createFakeTerminal({ input: ndjson(toolCall("a"), toolCall("b")) });
  const limits = ["--timeout", "0.5", "--give-up", "0.5"];
  expect(await run(["forward", ...limits, ...to(collector)], terminal)).toBe(1);
  expect(terminal.err()).toContain(
    `last error (io): connection to 127.0.0.1:${collector.port} ${reason}; the port may want TLS (--protocol tcp-tls)\n`,
  );
  expect(terminal.err()).toMatch(/\nsent=0 dropped=0 left=2 errors=\d+ skipped=0\n$/);
});

test("a certificate that is not trusted is told by the name of the flag that helps", async () => {
  const certificates = await createCertificates();
  onTestFinished(certificates.remove);
  const collector = await captureTls(certificates.server);
  onTestFinished(collector.close);
  const terminal = createFakeTerminal({ input: ndjson(toolCall("a")) });
  expect(await run(["forward", "--give-up", "0.2", ...to(collector, "tls")], terminal)).toBe(1);
  expect(terminal.err().split("\n")[0]).toBe(
    `gave up: nothing was sent to tls://127.0.0.1:${collector.port} for 0.2 s; last error (connect): cannot connect to ` +
      `127.0.0.1:${collector.port} (UNABLE_TO_VERIFY_LEAF_SIGNATURE): ` +
      "the issuer of the server's certificate is not trusted; set --tls-ca-file to the certificate of the authority that " +
      "signed the server's, or have the server send its whole chain",
  );
});

test("a full queue in front of a dead collector does not hang either", async () => {
  const { port, close } = await captureTcp();
  await close();
  const terminal = createFakeTerminal({ input: ndjson(toolCall("a"), toolCall("b"), toolCall("c")) });
  expect(await run(["forward", "--give-up", "0.2", "--queue-events", "2", ...to({ port })], terminal)).toBe(1);
  expect(terminal.err()).toMatch(/\nsent=0 dropped=0 left=2 errors=\d+ skipped=0\n$/);
});

test("a datagram that was refused is lost, although it was sent", async () => {
  const { port, close } = await captureUdp();
  await close();
  const input = new PassThrough();
  const terminal = createFakeTerminal({ input, isTTY: true });
  const ended = run(["forward", ...to({ port }, "udp")], terminal);
  input.write(ndjson(toolCall("a")));
  await terminal.errSays("sent 1, waiting 0");
  input.end();
  expect(await ended).toBe(1);
  expect(terminal.err()).toMatch(/last error \(refused\): .*\n.*sent=1 dropped=0 left=0 errors=1 skipped=0\n$/);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s ends the reading, sends what was read, and gives %i", async (signal, code) => {
  const collector = await tcpCollector();
  const input = new PassThrough();
  const terminal = createFakeTerminal({ input });
  const ended = run(["forward", ...to(collector)], terminal);
  input.write(ndjson(toolCall("a")));
  await collector.waitFor(() => collector.messages.length === 1);
  terminal.press(signal);
  expect(await ended).toBe(code);
  expect(terminal.err()).toBe("sent=1 dropped=0 left=0 errors=0 skipped=0\n");
});

test("a signal is not held up by a collector that takes nothing", async () => {
  const sockets: Socket[] = [];
  const server = createServer({ pauseOnConnect: true }, (socket) => sockets.push(socket)).listen(0, "127.0.0.1");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const big = { ...toolCall("a"), data: { text: "x".repeat(900_000) } };
  const args = ["--format", "json", "--max-message-bytes", "1048576", "--timeout", "0.3", ...to({ port })];
  const terminal = createFakeTerminal({ input: ndjson(...Array.from({ length: 60 }, () => big)) });
  const ended = run(["forward", ...args], terminal);
  await once(server, "connection");
  terminal.press("SIGINT");
  expect(await ended).toBe(130);
  expect(terminal.err()).toMatch(/ left=[1-9]\d* /);
});

test("progress is shown on a terminal, and taken away", async () => {
  const collector = await tcpCollector();
  const input = new PassThrough();
  const terminal = createFakeTerminal({ input, isTTY: true });
  const ended = run(["forward", ...to(collector)], terminal);
  input.write(ndjson(toolCall("a")));
  await terminal.errSays(`tcp://127.0.0.1:${collector.port} connected: sent 1, waiting 0`);
  input.end();
  expect(await ended).toBe(0);
  expect(terminal.err()).toMatch(/\r\u001b\[Ksent=1 dropped=0 left=0 errors=0 skipped=0\n$/);
});

/** A configuration file with two collectors: one that works, and one that is not there. */
async function twoCollectors(mode: string): Promise<{
  readonly args: readonly string[];
  readonly collector: StreamCapture;
  readonly names: readonly [dead: string, alive: string];
}> {
  const collector = await tcpCollector();
  const dead = await captureTcp();
  await dead.close();
  const folder = await mkdtemp(join(tmpdir(), "siem-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const targets = [dead, collector].map(({ port }) => ({ host: "127.0.0.1", port }));
  const file = join(folder, "config.json");
  await writeFile(file, JSON.stringify({ siem: { mode, protocol: "tcp", targets } }));
  return {
    args: ["forward", "--config", file, "--give-up", "0.5"],
    collector,
    names: [`tcp://127.0.0.1:${dead.port}`, `tcp://127.0.0.1:${collector.port}`],
  };
}

test("in a failover the second collector gets everything, and one line for each says so", async () => {
  const { args, collector, names } = await twoCollectors("failover");
  const terminal = createFakeTerminal({ input: ndjson(toolCall("a"), toolCall("b")), env: { [OFF]: "0" } });
  expect(await run(args, terminal)).toBe(0);
  await collector.waitFor(() => collector.messages.length === 2);
  expect(idsOf(collector.messages)).toEqual(["a", "b"]);
  const [first, second, sum] = terminal.err().split("\n");
  expect(first?.replace(/errors=[1-9]\d*;/, "errors=1;")).toBe(
    `${names[0]}: sent=0 errors=1; last error (connect): cannot connect to ${names[0].slice("tcp://".length)} (ECONNREFUSED): nothing listens there`,
  );
  expect(second).toBe(`${names[1]}: sent=2 errors=0`);
  expect(sum).toMatch(/^sent=2 dropped=0 left=0 errors=\d+ skipped=0$/);
});

test("with mode all, a collector that is not there makes the exit code 1, and the other gets everything", async () => {
  const { args, collector, names } = await twoCollectors("all");
  const terminal = createFakeTerminal({ input: ndjson(toolCall("a"), toolCall("b")), env: { [OFF]: "0" } });
  expect(await run(args, terminal)).toBe(1);
  await collector.waitFor(() => collector.messages.length === 2);
  expect(idsOf(collector.messages)).toEqual(["a", "b"]);
  const [first, second, third, sum] = terminal.err().split("\n");
  expect(first).toBe(`gave up: nothing was sent to ${names[0]} for 0.5 s`);
  expect(second).toMatch(
    /^tcp:\/\/127\.0\.0\.1:\d+: sent=0 dropped=0 left=2 errors=\d+; last error \(connect\): .* nothing listens there$/,
  );
  expect(third).toBe(`${names[1]}: sent=2 dropped=0 left=0 errors=0`);
  expect(sum).toMatch(/^sent=2 dropped=0 left=2 errors=\d+ skipped=0$/);
});

test("a collector of the flag replaces those of the file", async () => {
  const { args, names } = await twoCollectors("all");
  const collector = await tcpCollector();
  const terminal = createFakeTerminal({ input: ndjson(toolCall("a")), env: { [OFF]: "0" } });
  expect(await run([...args, ...to(collector)], terminal)).toBe(0);
  expect(terminal.err()).toBe("sent=1 dropped=0 left=0 errors=0 skipped=0\n");
  expect(names).not.toContain(`tcp://127.0.0.1:${collector.port}`);
});
