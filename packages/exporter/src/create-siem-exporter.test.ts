import { readFileSync } from "node:fs";
import { parseCef } from "@clawmetry/siem-cef";
import { type AgentEvent } from "@clawmetry/siem-events";
import { parseSyslog } from "@clawmetry/siem-syslog";
import {
  type Capture,
  captureTcp,
  captureTls,
  captureUdp,
  createCertificates,
  type TestCertificates,
} from "@clawmetry/siem-testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ConfigError } from "./config-error.ts";
import { createSiemExporter, type SiemExporter } from "./create-siem-exporter.ts";
import { type SiemConfig } from "./siem-config.ts";

const samples = new URL("../../events/testdata/", import.meta.url);
const events = readFileSync(new URL("agent-events.ndjson", samples), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as AgentEvent);
const expected = JSON.parse(readFileSync(new URL("expected.json", samples), "utf8")) as readonly {
  readonly id: string;
  readonly signatureId: number;
  readonly name: string;
  readonly cefSeverity: number;
}[];

let certificates: TestCertificates;
beforeAll(async () => {
  certificates = await createCertificates();
});
afterAll(() => certificates.remove());

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** An exporter that is connected to `capture` in the end. */
function start(capture: Capture, config: Omit<SiemConfig, "host"> = {}): SiemExporter {
  const exporter = createSiemExporter({ host: "127.0.0.1", port: capture.port, heartbeatSeconds: 0, ...config });
  opened.push(capture.close, () => exporter.close({ timeoutMs: 100 }));
  return exporter;
}

const ROUTES = [
  ["udp", "newline"],
  ["tcp", "newline"],
  ["tcp", "octet-counting"],
  ["tcp-tls", "newline"],
  ["tcp-tls", "octet-counting"],
] as const;

async function startRoute(
  protocol: "udp" | "tcp" | "tcp-tls",
  framing: "newline" | "octet-counting",
  format: "cef" | "json",
): Promise<{ readonly capture: Capture; readonly exporter: SiemExporter }> {
  const { server, ca } = certificates;
  const capture =
    protocol === "udp" ? await captureUdp() : protocol === "tcp" ? await captureTcp() : await captureTls(server);
  const tls = protocol === "tcp-tls" ? { caFile: ca.certFile } : undefined;
  return { capture, exporter: start(capture, { protocol, framing, format, tls, maxMessageBytes: 8000 }) };
}

test.each(ROUTES)("over %s with %s, all events arrive once and in order, in CEF", async (protocol, framing) => {
  const { capture, exporter } = await startRoute(protocol, framing, "cef");
  for (const event of events) expect(exporter.send(event)).toBe(true);
  await capture.waitFor(() => capture.messages.length >= events.length);
  expect(await exporter.close()).toEqual({ sent: 41, dropped: 0, left: 0 });
  const records = capture.messages.map((line) => parseCef(parseSyslog(line).message ?? ""));
  expect(
    records.map(({ signatureId, name, severity, extensions }) => ({
      id: extensions.devicePayloadId,
      signatureId: Number(signatureId),
      name,
      cefSeverity: severity,
      seq: extensions.ClawmetrySeq,
    })),
  ).toEqual(
    expected.map(({ id, signatureId, name, cefSeverity }, index) => ({
      id,
      signatureId,
      name,
      cefSeverity,
      seq: String(index + 1),
    })),
  );
});

test.each(ROUTES)("over %s with %s, all events arrive as they were, in JSON", async (protocol, framing) => {
  const { capture, exporter } = await startRoute(protocol, framing, "json");
  for (const event of events) exporter.send(event);
  await capture.waitFor(() => capture.messages.length >= events.length);
  expect(await exporter.close()).toEqual({ sent: 41, dropped: 0, left: 0 });
  const records = capture.messages.map((line) => JSON.parse(parseSyslog(line).message ?? "") as { siem?: unknown });
  expect(records.map((record) => ({ ...record, siem: undefined }))).toEqual(
    events.map((event) => ({ ...wellFormed(event), siem: undefined })),
  );
});

// The one thing that a line cannot hold is half a character.
function wellFormed(event: AgentEvent): object {
  return JSON.parse(JSON.stringify(event), (_key, value: unknown) =>
    typeof value === "string" ? value.toWellFormed() : value,
  ) as object;
}

test("a client certificate with an encrypted key, a pin and TLS 1.3 are used", async () => {
  const { server, ca, encryptedClient } = certificates;
  const capture = await captureTls({ ...server, ca: ca.cert, requestCert: true, rejectUnauthorized: true });
  const exporter = start(capture, {
    protocol: "tcp-tls",
    tls: {
      caFile: ca.certFile,
      certFile: encryptedClient.certFile,
      keyFile: encryptedClient.keyFile,
      keyPassphrase: encryptedClient.passphrase,
      servername: "localhost",
      fingerprint256: server.fingerprint256,
      minVersion: "TLSv1.3",
    },
  });
  exporter.send({ event_type: "tool.call" });
  await capture.waitFor(() => capture.messages.length === 1);
  expect(exporter.stats.targets).toMatchObject([
    { target: `tls://127.0.0.1:${capture.port}`, state: "connected", peer: { tlsVersion: "TLSv1.3" } },
  ]);
});

test("a certificate of another authority gets nothing, and no secret is in what is told", async () => {
  const { server, otherCa } = certificates;
  const capture = await captureTls(server);
  const exporter = start(capture, { protocol: "tcp-tls", tls: { caFile: otherCa.certFile } });
  exporter.send({ event_type: "tool.call" });
  await exporter.flush({ timeoutMs: 300 });
  expect(exporter.stats).toMatchObject({ sent: 0, queuedEvents: 1, lastError: { code: "connect" } });
  expect(capture.messages).toEqual([]);
});

test("a collector that is down costs nothing but the queue, and everything is told", async () => {
  const capture = await captureTcp();
  await capture.close();
  const exporter = start(capture, { protocol: "tcp", queueEvents: 3 });
  const taken = [1, 2, 3, 4, 5].map((number) => exporter.send({ id: `evt_${number}`, event_type: "tool.call" }));
  expect(taken).toEqual([true, true, true, false, false]);
  expect(await exporter.flush({ timeoutMs: 200 })).toBe(false);
  expect(exporter.stats).toMatchObject({
    accepted: 3,
    sent: 0,
    queuedEvents: 3,
    dropped: { queue_full: 2 },
    lastError: { code: "connect", message: expect.stringContaining("(ECONNREFUSED)") as string },
  });
  expect(await exporter.close({ timeoutMs: 100 })).toEqual({ sent: 0, dropped: 2, left: 3 });
  expect(exporter.send({ event_type: "tool.call" })).toBe(false);
  expect(exporter.stats.dropped).toMatchObject({ shutdown: 3, closed: 1 });
});

test("what was lost is reported to the collector", async () => {
  const capture = await captureTcp();
  const exporter = start(capture, { protocol: "tcp", queueEvents: 2 });
  for (const event_type of ["tool.call", "tool.call", "tool.call", "daemon.error"]) exporter.send({ event_type });
  await capture.waitFor(() => capture.messages.length === 3);
  const records = capture.messages.map((line) => parseCef(parseSyslog(line).message ?? ""));
  expect(records.find(({ signatureId }) => signatureId === "9001")).toMatchObject({
    name: "Events Dropped",
    severity: 8,
    extensions: {
      reason: "queue_full:1,evicted:1",
      cnt: "2",
      ClawmetryLostBySeverity: "6:2",
      ClawmetrySeqFrom: "1",
      ClawmetrySeqTo: "3",
    },
  });
});

test.each(["cef", "json"] as const)("a heartbeat tells the counters and the chain heads in %s", async (format) => {
  const capture = await captureTcp();
  const exporter = start(capture, { protocol: "tcp", format, heartbeatSeconds: 1 });
  const hash = "ab".repeat(32);
  exporter.send({ event_type: "tool.call", node_id: "n1", chain_hash: hash });
  await capture.waitFor(() => capture.messages.length === 2);
  const body = parseSyslog(capture.messages[1] ?? "").message ?? "";
  const target = `tcp://127.0.0.1:${capture.port}`;
  if (format === "cef") {
    expect(parseCef(body)).toMatchObject({
      signatureId: "9006",
      extensions: {
        ClawmetryAccepted: "1",
        ClawmetrySent: "1",
        ClawmetryDropped: "0",
        ClawmetryQueued: "0",
        ClawmetryState: "connected",
        ClawmetryTarget: target,
        ClawmetryChainHeads: `n1:${hash}`,
        ClawmetrySeq: "2",
      },
    });
  } else {
    expect(JSON.parse(body)).toMatchObject({
      siem: { signature_id: 9006, accepted: 1, sent: 1, dropped: 0, queued: 0, target, chain_heads: [`n1:${hash}`] },
      event_type: "siem.heartbeat",
    });
  }
});

test("nobody can forge a heartbeat, not even with a copy of one", async () => {
  const capture = await captureUdp();
  const exporter = start(capture);
  exporter.send({ event_type: "siem.heartbeat", data: { accepted: 5, sent: 5 } });
  exporter.send({ event_type: "siem.events_dropped", data: { cnt: 0 } });
  await capture.waitFor(() => capture.messages.length === 2);
  const ids = capture.messages.map((line) => parseCef(parseSyslog(line).message ?? "").signatureId);
  expect(ids).toEqual(["9999", "9999"]);
});

test("nothing of an exporter that is connected and idle keeps the process alive", async () => {
  const capture = await captureTcp();
  const exporter = start(capture, { protocol: "tcp", heartbeatSeconds: 300 });
  exporter.send({ event_type: "tool.call" });
  await capture.waitFor(() => capture.messages.length === 1);
  await exporter.flush();
  const alive = process
    .getActiveResourcesInfo()
    .filter((name) => name.startsWith("TCP"))
    .sort();
  expect(alive).toEqual(["TCPServerWrap", "TCPSocketWrap"]); // both of the capture
});

test("a configuration that cannot work is refused while building", () => {
  expect(() => createSiemExporter({ host: "" })).toThrow(ConfigError);
  expect(() => createSiemExporter({ host: "siem.example", port: 70_000 })).toThrow(
    "port must be an integer from 1 to 65535, got 70000",
  );
});

test("the chain head of a heartbeat is that of the last event, also when one before it was waited for", async () => {
  const capture = await captureTcp();
  const exporter = start(capture, { protocol: "tcp", heartbeatSeconds: 1 });
  const event = { event_type: "tool.call", node_id: "n1" };
  const acknowledged = exporter.sendOrWait({ ...event, chain_hash: "ab".repeat(32) }, { until: "acknowledged" });
  exporter.send({ ...event, chain_hash: "cd".repeat(32) });
  await acknowledged;
  await capture.waitFor(() => capture.messages.length === 3);
  expect(capture.messages[2]).toContain(`ClawmetryChainHeads=n1:${"cd".repeat(32)}`);
});
