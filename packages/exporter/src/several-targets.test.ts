import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseCef } from "@clawmetry/siem-cef";
import { parseSyslog } from "@clawmetry/siem-syslog";
import { type Capture, captureTcp, captureTls, captureUdp, createCertificates } from "@clawmetry/siem-testkit";
import { expect, onTestFinished, test } from "vitest";
import { createSiemExporter, type SiemExporter } from "./create-siem-exporter.ts";
import { type SiemConfig, type SiemTarget } from "./siem-config.ts";

const HOST = "127.0.0.1";

function start(config: SiemConfig): SiemExporter {
  const exporter = createSiemExporter({ heartbeatSeconds: 0, ...config });
  onTestFinished(async () => {
    await exporter.close({ timeoutMs: 100 });
  });
  return exporter;
}

async function open(capture: Promise<Capture>): Promise<Capture> {
  const opened = await capture;
  onTestFinished(opened.close);
  return opened;
}

/** A target where nothing listens. */
async function dead(): Promise<SiemTarget & { readonly port: number }> {
  const { port, close } = await captureTcp();
  await close();
  return { host: HOST, port };
}

/** The id and the sequence number of every event that came. */
function recordsOf(capture: Capture): readonly (readonly unknown[])[] {
  return capture.messages
    .map((line) => parseCef(parseSyslog(line).message ?? "").extensions)
    .map(({ devicePayloadId, ClawmetrySeq }) => [devicePayloadId, ClawmetrySeq]);
}

test("in a failover, events go to the next target when the first one fails", async () => {
  const [first, capture] = [await dead(), await open(captureTcp())];
  const exporter = start({ protocol: "tcp", targets: [first, { host: HOST, port: capture.port }] });
  const states: string[] = [];
  exporter.onStateChange(({ state, target }) => states.push(`${state} ${target}`));
  for (const id of ["evt_1", "evt_2"]) exporter.send({ id, event_type: "tool.call" });
  await capture.waitFor(() => capture.messages.length === 2);
  expect(recordsOf(capture)).toEqual([
    ["evt_1", "1"],
    ["evt_2", "2"],
  ]);
  await exporter.flush();
  expect(exporter.stats).toMatchObject({
    accepted: 2,
    sent: 2,
    state: "connected",
    targets: [
      { target: `tcp://${HOST}:${first.port}`, active: false, sent: 0, lastError: { code: "connect" } },
      { target: `tcp://${HOST}:${capture.port}`, active: true, sent: 2, errors: 0 },
    ],
  });
  expect(states).toContain(`failing-over tcp://${HOST}:${capture.port}`);
  expect(states.at(-1)).toBe(`connected tcp://${HOST}:${capture.port}`);
});

test("in a failover, a target that is not needed is not tried: it looks the same, dead or alive", async () => {
  const capture = await open(captureTcp());
  const exporter = start({ protocol: "tcp", targets: [{ host: HOST, port: capture.port }, await dead()] });
  exporter.send({ event_type: "tool.call" });
  await exporter.flush();
  expect(exporter.stats.targets).toMatchObject([
    { state: "connected", active: true, sent: 1 },
    { state: "idle", active: false, sent: 0, errors: 0 },
  ]);
});

test("in a failover, a certificate that is not trusted moves the events to the next target, in clear text if that is such", async () => {
  const { server, remove } = await createCertificates();
  onTestFinished(remove);
  const [secure, clear] = [await open(captureTls(server)), await open(captureTcp())];
  const exporter = start({
    targets: [
      { host: HOST, port: secure.port, protocol: "tcp-tls" },
      { host: HOST, port: clear.port, protocol: "tcp" },
    ],
  });
  exporter.send({ id: "evt_1", event_type: "tool.call" });
  await clear.waitFor(() => clear.messages.length === 1);
  expect(recordsOf(clear)).toEqual([["evt_1", "1"]]);
  const [first] = exporter.stats.targets;
  expect(first).toMatchObject({ active: false, sent: 0, lastError: { code: "connect" } });
  expect(first?.lastError?.message).toContain("the issuer of the server's certificate is not trusted");
});

test("a heartbeat of a failover names the target that it goes to, and the chain heads", async () => {
  const capture = await open(captureTcp());
  const targets = [await dead(), { host: HOST, port: capture.port }];
  const exporter = start({ protocol: "tcp", targets, heartbeatSeconds: 1 });
  exporter.send({ event_type: "tool.call", node_id: "n1", chain_hash: "ab".repeat(32) });
  await capture.waitFor(() => capture.messages.length === 2);
  expect(parseCef(parseSyslog(capture.messages[1] ?? "").message ?? "").extensions).toMatchObject({
    ClawmetryTarget: `tcp://${HOST}:${capture.port}`,
    ClawmetryChainHeads: `n1:${"ab".repeat(32)}`,
  });
});

test("a message of a failover fits the target with the smallest cap", async () => {
  const capture = await open(captureTcp());
  const exporter = start({
    format: "json",
    targets: [
      { host: HOST, port: capture.port, protocol: "tcp" },
      { host: HOST, port: 9 },
    ],
  });
  exporter.send({ event_type: "tool.call", data: { name: "bash", input: { command: "x".repeat(5000) } } });
  await capture.waitFor(() => capture.messages.length === 1);
  const bytes = Buffer.byteLength(capture.messages[0] ?? "");
  expect(bytes).toBeLessThanOrEqual(1400);
  expect(bytes).toBeGreaterThan(1300);
});

test("with mode all, each target gets every event in its own format, with its own numbers and counters", async () => {
  const [tcp, udp] = [await open(captureTcp()), await open(captureUdp())];
  const exporter = start({
    mode: "all",
    targets: [
      { host: HOST, port: tcp.port, protocol: "tcp" },
      { host: HOST, port: udp.port, format: "json", syslog: "none", tenant: "acme" },
    ],
  });
  for (const id of ["evt_1", "evt_2"]) expect(exporter.send({ id, event_type: "tool.call" })).toBe(true);
  await tcp.waitFor(() => tcp.messages.length === 2);
  await udp.waitFor(() => udp.messages.length === 2);
  expect(recordsOf(tcp)).toEqual([
    ["evt_1", "1"],
    ["evt_2", "2"],
  ]);
  expect(udp.messages.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { id: "evt_1", siem: { seq: 1, tenant: "acme" } },
    { id: "evt_2", siem: { seq: 2, tenant: "acme" } },
  ]);
  expect(await exporter.close()).toEqual({ sent: 4, dropped: 0, left: 0 });
  expect(exporter.stats.targets).toMatchObject([
    { target: `tcp://${HOST}:${tcp.port}`, sent: 2, queue: { accepted: 2, lastSeq: 2, confirmedSeq: 2 } },
    { target: `udp://${HOST}:${udp.port}`, sent: 2, queue: { accepted: 2, lastSeq: 2, confirmedSeq: 2 } },
  ]);
});

test("with mode all, a target that is down costs the others nothing", async () => {
  const [first, capture] = [await dead(), await open(captureTcp())];
  const targets = [
    { ...first, queueEvents: 2 },
    { host: HOST, port: capture.port },
  ];
  const exporter = start({ mode: "all", protocol: "tcp", targets });
  const taken = ["evt_1", "evt_2", "evt_3"].map((id) => exporter.send({ id, event_type: "tool.call" }));
  expect(taken).toEqual([true, true, false]);
  await capture.waitFor(() => capture.messages.length === 3);
  expect(recordsOf(capture).map(([id]) => id)).toEqual(["evt_1", "evt_2", "evt_3"]);
  expect(exporter.stats.targets).toMatchObject([
    { sent: 0, queue: { accepted: 2, queuedEvents: 2, dropped: { queue_full: 1 } } },
    { queue: { accepted: 3, dropped: { queue_full: 0 } } },
  ]);
  expect(await exporter.close({ timeoutMs: 100 })).toEqual({ sent: 3, dropped: 1, left: 2 });
});

test("a folder of authorities and one of several pins are enough for a certificate", async () => {
  const { server, ca, otherCa, client, remove } = await createCertificates();
  onTestFinished(remove);
  const folder = await mkdtemp(join(tmpdir(), "siem-ca-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "other.pem"), otherCa.cert);
  await writeFile(join(folder, "ours.pem"), ca.cert);
  const capture = await open(captureTls(server));
  const exporter = start({
    host: HOST,
    port: capture.port,
    protocol: "tcp-tls",
    tls: { caFile: folder, fingerprint256: [client.fingerprint256, server.fingerprint256] },
  });
  exporter.send({ event_type: "tool.call" });
  await capture.waitFor(() => capture.messages.length === 1);
  expect(exporter.stats.targets).toMatchObject([{ target: `tls://${HOST}:${capture.port}`, errors: 0 }]);
});
