import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { connect as connectTls } from "node:tls";
import { join } from "node:path";
import { createCertificates } from "@clawmetry/siem-testkit";
import { expect, onTestFinished, test } from "vitest";
import { ndjson, toolCall } from "../testing/events.ts";
import { createFakeTerminal } from "../testing/fake-terminal.ts";
import { startListening } from "../testing/start-listening.ts";
import { run } from "../run.ts";

const RECORD =
  "<134>1 2026-11-23T03:04:06.678Z gw01 clawmetry 1 tool.call - CEF:0|ClawMetry|clawmetry|1|1001|Tool Call|3|act=bash rt=1795403046678";
const FACTS = "2026-11-23T03:04:06.678Z  tcp  severity  3  1001  Tool Call               act=bash  host=gw01";

async function sendTcp(port: number | undefined, text: string): Promise<void> {
  const socket = connect({ host: "127.0.0.1", port: port ?? 0 });
  socket.on("error", () => undefined).resume();
  socket.end(text);
  await once(socket, "close");
}

async function sendUdp(port: number | undefined, text: string | Uint8Array): Promise<void> {
  const socket = createSocket("udp4");
  await new Promise((resolve) => {
    socket.send(text, port ?? 0, "127.0.0.1", resolve);
  });
  socket.close();
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "siem-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test("both framings are read from one stream, and the end is a line too", async () => {
  const { ports, terminal, ended } = await startListening("--count", "3", "--tcp", "0");
  await sendTcp(ports["tcp"], `${RECORD}\n${RECORD.length} ${RECORD}${RECORD}`);
  expect(await ended).toBe(0);
  expect(terminal.out()).toBe(`${FACTS}\n${FACTS}\n${FACTS}\n`);
  expect(terminal.err()).toBe(
    `listening on tcp 127.0.0.1:${ports["tcp"]}\nrecords=3 (tcp=3) malformed=0 framing=0 overrun=0\n`,
  );
});

test("a datagram is a record", async () => {
  const { ports, terminal, ended } = await startListening("--count", "1", "--raw", "--udp", "0");
  await sendUdp(ports["udp"], RECORD);
  expect(await ended).toBe(0);
  expect(terminal.out()).toBe(`${RECORD}\n`);
});

test("SIGINT ends it with a summary", async () => {
  const { ports, terminal, stop } = await startListening("--udp", "0", "--tcp", "0");
  await sendTcp(ports["tcp"], `${RECORD}\n`);
  await terminal.outHasLines(1);
  expect(await stop()).toBe(0);
  expect(terminal.err()).toMatch(/\nrecords=1 \(tcp=1\) malformed=0 framing=0 overrun=0\n$/);
});

test("it ends when nothing comes any more, and a count that was not reached is a failure", async () => {
  const { terminal, ended } = await startListening("--count", "2", "--idle-timeout", "0.05", "--tcp", "0");
  expect(await ended).toBe(1);
  expect(terminal.err()).toMatch(/\nexpected 2 records, got 0\n$/);
});

test("a check of nothing fails", async () => {
  const { terminal, ended } = await startListening("--check", "--idle-timeout", "0.05", "--udp", "0");
  expect(await ended).toBe(1);
  expect(terminal.err()).toMatch(/\nnothing was received, so nothing was checked\n$/);
});

test("a check tells every problem by record, sender and position, without content", async () => {
  const { ports, terminal, ended } = await startListening("--check", "--count", "3", "--tcp", "0");
  const bad = RECORD.replace("act=bash", "act=hunter2=b");
  await sendTcp(ports["tcp"], `${RECORD}\n${bad}\nhunter2\n`);
  expect(await ended).toBe(1);
  const lines = terminal
    .err()
    .replace(/127\.0\.0\.1:\d+\)/g, "SENDER)")
    .split("\n")
    .slice(1);
  expect(lines).toEqual([
    "record 2 (tcp SENDER): not a CEF record: an equals sign in a value must be escaped at position 56",
    "record 3 (tcp SENDER): syslog: a line must begin with <PRI> (position 0)",
    "records=3 (tcp=3) malformed=2 framing=0 overrun=0",
    "",
  ]);
});

test("a check of what forward sends finds nothing, in every form", async () => {
  for (const args of [
    ["--format", "cef"],
    ["--format", "json", "--framing", "octet-counting"],
    ["--syslog", "rfc3164"],
  ]) {
    const { ports, terminal, ended } = await startListening("--check", "--count", "1", "--tcp", "0");
    const sender = createFakeTerminal({ input: ndjson(toolCall("a")) });
    const to = ["--host", "127.0.0.1", "--port", String(ports["tcp"]), "--protocol", "tcp"];
    expect(await run(["forward", ...to, ...args], sender)).toBe(0);
    expect(await ended).toBe(0);
    expect(terminal.err()).toContain("malformed=0");
  }
});

test.each([
  [[], 1],
  [["--headerless"], 0],
])("a record without a syslog header is malformed unless that is allowed: %j", async (args, code) => {
  const { ports, ended } = await startListening("--check", "--count", "1", ...args, "--udp", "0");
  await sendUdp(ports["udp"], RECORD.slice(RECORD.indexOf("CEF:")));
  expect(await ended).toBe(code);
});

test("a stream that is none closes its own connection only", async () => {
  const { ports, terminal, stop } = await startListening("--check", "--tcp", "0");
  await sendTcp(ports["tcp"], `${RECORD}\n0 zero`);
  await terminal.errSays("the stream was closed: the count of a frame must not begin with 0");
  await sendTcp(ports["tcp"], `${RECORD}\n`);
  await terminal.outHasLines(2);
  expect(await stop()).toBe(1);
  expect(terminal.err()).toMatch(/\nrecords=2 \(tcp=2\) malformed=0 framing=1 overrun=0\n$/);
});

test("a frame without end is refused before it fills the memory", async () => {
  const { ports, terminal, stop } = await startListening("--tcp", "0");
  await sendTcp(ports["tcp"], "x".repeat(1024 * 1024 + 1));
  await terminal.errSays("the stream was closed: a frame must not be longer than 1048576 bytes");
  expect(await stop()).toBe(0);
});

test("over TLS it shows a certificate that can be trusted by file and by fingerprint", async () => {
  const certFile = join(await temporaryFolder(), "collector.pem");
  const { ports, terminal, ended } = await startListening("--count", "2", "--write-cert", certFile, "--tls", "0");
  await terminal.errSays("certificate SHA-256 ");
  const [, fingerprint = ""] = /certificate SHA-256 (\S+)/.exec(terminal.err()) ?? [];
  expect(fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(await readFile(certFile, "utf8")).not.toContain("PRIVATE KEY");
  const to = ["--host", "localhost", "--port", String(ports["tls"]), "--protocol", "tls"];
  for (const trust of [
    ["--tls-ca-file", certFile],
    ["--tls-fingerprint256", fingerprint],
  ]) {
    const sender = createFakeTerminal({ input: ndjson(toolCall("a")) });
    expect(await run(["forward", ...to, ...trust], sender)).toBe(0);
  }
  expect(await ended).toBe(0);
  expect(terminal.out().split("\n")).toHaveLength(3);
});

test("over TLS it shows the certificate it is given, and tells of senders that do not trust it", async () => {
  const certificates = await createCertificates();
  onTestFinished(certificates.remove);
  const { certFile, keyFile, fingerprint256 } = certificates.server;
  const { ports, terminal, stop } = await startListening("--cert", certFile, "--key", keyFile, "--tls", "0");
  expect(terminal.err()).toContain(`certificate SHA-256 ${fingerprint256}\n`);
  const to = ["--host", "127.0.0.1", "--port", String(ports["tls"]), "--protocol", "tls", "--give-up", "0.2"];
  expect(await run(["forward", ...to], createFakeTerminal({ input: ndjson(toolCall("a")) }))).toBe(1);
  await terminal.errSays("the TLS handshake failed");
  expect(await stop()).toBe(0);
  expect(terminal.err()).toMatch(
    /\ntls 127\.0\.0\.1:\d+: the TLS handshake failed \([^)]+\): the client may not trust the certificate \(--write-cert FILE writes it, for --tls-ca-file of the sender\)\n/,
  );
});

test("a client that does not trust the certificate is told once", async () => {
  const { ports, terminal, stop } = await startListening("--tls", "0");
  // Over TLS 1.2, such a client of Node.js completes the handshake before it looks.
  const socket = connectTls({ host: "127.0.0.1", port: ports["tls"], minVersion: "TLSv1.3" });
  await once(socket, "error");
  await terminal.errSays("the TLS handshake failed");
  expect(await stop()).toBe(0);
  expect(terminal.err().split("the TLS handshake failed")).toHaveLength(2);
});

test("a client of an old version of TLS is told without a word on trust", async () => {
  const { ports, terminal, stop } = await startListening("--tls", "0");
  const old = { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "ALL@SECLEVEL=0" } as const;
  const socket = connectTls({ host: "127.0.0.1", port: ports["tls"], ...old });
  await once(socket, "error");
  await terminal.errSays("the TLS handshake failed");
  expect(await stop()).toBe(0);
  expect(terminal.err()).toMatch(/: the TLS handshake failed \(ERR_SSL_UNSUPPORTED_PROTOCOL\)\n/);
});

test("a sender that does not speak TLS is told as such, with its address", async () => {
  const { ports, terminal, stop } = await startListening("--tls", "0");
  const socket = connect({ host: "127.0.0.1", port: ports["tls"] ?? 0 });
  socket.on("error", () => undefined).resume();
  await once(socket, "connect");
  const { localPort } = socket;
  socket.end(`${RECORD}\n`);
  await once(socket, "close");
  await terminal.errSays(`tls 127.0.0.1:${localPort}: what came is not TLS (ERR_SSL_WRONG_VERSION_NUMBER)\n`);
  expect(await stop()).toBe(0);
});

test("a sender whose last record ends it may end its connection itself", async () => {
  const { ports, terminal, ended } = await startListening("--count", "1", "--tcp", "0");
  const socket = connect({ host: "127.0.0.1", port: ports["tcp"] ?? 0, allowHalfOpen: true });
  socket.write(`${RECORD}\n`);
  await terminal.outHasLines(1);
  socket.end();
  await once(socket.resume(), "close");
  expect(socket.errored).toBeNull();
  expect(await ended).toBe(0);
});

test("a port that is taken is bad usage", async () => {
  const { ports, stop } = await startListening("--tcp", "0");
  const terminal = createFakeTerminal();
  expect(await run(["listen", "--tcp", String(ports["tcp"])], terminal)).toBe(2);
  expect(terminal.err()).toBe(`clawmetry-siem: cannot listen on tcp 127.0.0.1:${ports["tcp"]} (EADDRINUSE)\n`);
  expect(await stop()).toBe(0);
});

test("a reader that goes ends it", async () => {
  const { ports, terminal, ended } = await startListening("--udp", "0");
  terminal.stdout.destroy(Object.assign(new Error("broken pipe"), { code: "EPIPE" }));
  expect(await ended).toBe(0);
  expect(ports["udp"]).toBeGreaterThan(0);
});
