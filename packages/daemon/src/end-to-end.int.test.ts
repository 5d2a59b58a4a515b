import { canonicalJson } from "@clawmetry/integrity";
import { createSiemExporter, type SiemConfig, type SiemTarget } from "@clawmetry/siem-exporter";
import {
  makeReceiverCertificates,
  poll,
  type ReceivedRecord,
  type Receiver,
  type ReceiverCertificates,
  startRsyslog,
  startSyslogNg,
} from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startDaemonProcess } from "../test/daemon-process.ts";
import { type PlantedEvents, plantedEvents } from "../test/planted-events.ts";
import { storedBytes, storedEvents } from "../test/read-store-file.ts";
import { createStoreFile, post, startTestDaemon } from "../test/start-test-daemon.ts";
import { findings, verifyFile, verifyLines } from "../test/verify-lines.ts";
import { verifyStore } from "./verify-store.ts";

const EVENTS = 10_000;
const PER_BATCH = 500;
const TAMPERED = 1500;
const SEED = 20_261_124;

interface ReceiverFile {
  readonly path: string;
  readonly records: readonly ReceivedRecord[];
}

let certificates: ReceiverCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
});
afterAll(() => certificates.remove());

function targetOf(port: number, format: "cef" | "json"): SiemTarget {
  const { caFile } = certificates;
  return { host: "127.0.0.1", port, format, protocol: "tcp-tls", framing: "octet-counting", tls: { caFile } };
}

function exporterTo(...targets: readonly SiemTarget[]): ReturnType<typeof createSiemExporter> {
  const config: SiemConfig = { mode: "all", targets, heartbeatSeconds: 0, content: "all" };
  return createSiemExporter(config);
}

async function postAll(daemon: { readonly url: string }, events: PlantedEvents["events"]): Promise<void> {
  for (let from = 0; from < events.length; from += PER_BATCH) {
    const answer = await post(daemon, { events: events.slice(from, from + PER_BATCH) });
    expect(answer.status).toBe(200);
  }
}

describe("JSON to rsyslog and CEF to syslog-ng, over TLS", () => {
  const planted = plantedEvents(EVENTS, SEED);
  let files: Readonly<Record<"cef" | "json", ReceiverFile>>;
  let storeFile: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const rsyslog = await startRsyslog({ certificates });
    const syslogNg = await startSyslogNg({ certificates });
    stop = async () => {
      await Promise.all([rsyslog.stop(), syslogNg.stop()]);
    };
    storeFile = await createStoreFile(afterAll);
    const exporter = exporterTo(targetOf(rsyslog.ports.tls, "json"), targetOf(syslogNg.ports.tlsOctetCounting, "cef"));
    const daemon = await startTestDaemon({ storeFile, exporter }, afterAll);
    await postAll(daemon, planted.events);
    const held = async (receiver: Receiver<string>) => ({
      path: receiver.recordPath,
      records: await receiver.waitForRecords(EVENTS, 40_000),
    });
    files = { json: await held(rsyslog), cef: await held(syslogNg) };
    expect(await daemon.close()).toEqual({ left: 0 });
  });
  afterAll(() => stop());

  test("no planted secret is on the wire or in the store", async () => {
    expect(planted.secrets).toHaveLength(EVENTS / 10);
    expect(new Set(planted.secrets).size).toBe(EVENTS / 10);
    const stored = await storedBytes(storeFile);
    const events = JSON.stringify([...(await storedEvents(storeFile)).values()]);
    const wire = [files.json, files.cef].flatMap(({ records }) => records.map(({ rawmsg }) => rawmsg)).join("\n");
    expect(wire.match(/REDACTED:[0-9a-f]{8}/g)?.length).toBeGreaterThan(1000);
    for (const text of [stored, events, wire]) {
      expect(planted.secrets.filter((secret) => secret.split("\n").some((part) => isFound(text, part)))).toEqual([]);
    }
  });

  test("each event arrived once, and the payload on the wire is the stored one", async () => {
    const stored = await storedEvents(storeFile);
    expect([...stored.keys()]).toEqual(planted.events.map(({ id }) => id));
    const hashes: unknown[] = [];
    for (const { msg } of files.json.records) {
      const { siem, ...event } = JSON.parse(msg) as { siem: { truncated?: unknown }; id: string };
      expect(siem.truncated).toBeUndefined();
      expect(canonicalJson(event)).toBe(canonicalJson(stored.get(event.id)));
      hashes.push((event as { payload_hash?: string }).payload_hash);
    }
    expect(files.cef.records.map(({ msg }) => / ClawmetryPayloadHash=(\w{64})/.exec(msg)?.[1])).toEqual(hashes);
    expect(hashes).toHaveLength(EVENTS);
  });

  test("the chain verifies from the files of both receivers, and in the store", async () => {
    const results = await Promise.all([verifyFile(files.json.path), verifyFile(files.cef.path)]);
    for (const verified of results) {
      expect(findings(verified)).toEqual([]);
      expect(verified).toMatchObject({ code: 0, report: { proven: true, nodes: [{ verified: EVENTS }] } });
    }
    expect(results.map(({ report }) => report.payloads.verified)).toEqual([EVENTS, 0]); // CEF holds no payload
    expect(await verifyStore(storeFile)).toMatchObject({ valid: true, chain: { verified: EVENTS } });
  });

  test.each([
    {
      what: "an identity field",
      tamper: (lines: readonly string[]) => alter(lines, 1000, /session-\d/, "session-9"),
      found: { json: ["altered evt-1000"], cef: ["altered evt-1000"] },
    },
    {
      what: "a byte of the payload", // which CEF does not hold: only its hash
      tamper: (lines: readonly string[]) => alter(lines, 1000, /REDACTED:[0-9a-f]/, "REDACTED:z"),
      found: { json: ["payload of evt-1000 altered"], cef: [] },
      code: 0,
    },
    {
      what: "a line that is gone",
      tamper: (lines: readonly string[]) => lines.toSpliced(1000, 1),
      found: { json: ["missing between evt-999 and evt-1001"], cef: ["missing between evt-999 and evt-1001"] },
    },
    {
      what: "two lines that changed places",
      tamper: (lines: readonly string[]) => lines.with(1000, lines[1001] ?? "").with(1001, lines[1000] ?? ""),
      found: { json: ["reordered evt-1001"], cef: ["reordered evt-1001"] },
      code: 0,
    },
    {
      what: "a line that came again",
      tamper: (lines: readonly string[]) => lines.toSpliced(1200, 0, lines[1000] ?? ""),
      found: { json: ["replay evt-1000"], cef: ["replay evt-1000"] },
      code: 0,
    },
  ])("$what is reported as what it is, and as nothing else", async ({ tamper, found, code = 1 }) => {
    const lines = ({ records }: ReceiverFile): readonly string[] => records.slice(0, TAMPERED).map(({ msg }) => msg);
    const [json, cef] = await Promise.all([
      verifyLines(tamper(lines(files.json))),
      verifyLines(tamper(lines(files.cef))),
    ]);
    expect({ json: findings(json), cef: findings(cef) }).toEqual(found);
    expect([json.code, cef.code]).toEqual([code, code]);
  });
});

test("killed in the middle, the daemon forwards all it stored, and what came twice is told as such", async () => {
  const rsyslog = await startRsyslog({ certificates });
  onTestFinished(() => rsyslog.stop());
  const storeFile = await createStoreFile();
  const start = () =>
    startDaemonProcess(["--port", "0", "--store", storeFile, "--node-id", "node-a"], {
      CLAWMETRY_SIEM_HOST: "127.0.0.1",
      CLAWMETRY_SIEM_PORT: String(rsyslog.ports.tls),
      CLAWMETRY_SIEM_PROTOCOL: "tcp-tls",
      CLAWMETRY_SIEM_TLS_CA_FILE: certificates.caFile,
      CLAWMETRY_SIEM_FORMAT: "cef",
      CLAWMETRY_SIEM_HEARTBEAT_SECONDS: "0",
    });
  const { events } = plantedEvents(2 * PER_BATCH, SEED + 1);
  const daemon = await start();
  await postAll(daemon, events.slice(0, PER_BATCH));
  const last = post(daemon, { events: events.slice(PER_BATCH) }).catch(() => undefined); // stored or not: nobody was told
  await rsyslog.waitForRecords(1);
  daemon.kill("SIGKILL");
  await Promise.all([last, daemon.ended]);

  const next = await start();
  await postAll(next, events); // the sender tries again: nothing is stored twice
  const ids = () => rsyslog.records().map(({ msg }) => /[ |]externalId=(\S+)/.exec(msg)?.[1]);
  await poll(
    () => new Set(ids()).size === events.length || undefined,
    20_000,
    () => `${new Set(ids()).size} of ${events.length} events arrived`,
  );
  next.kill("SIGTERM");
  expect(await next.ended).toMatchObject({ code: 0 });
  expect(await verifyStore(storeFile)).toMatchObject({ valid: true, chain: { verified: events.length } });
  const verified = await verifyFile(rsyslog.recordPath);
  expect(verified).toMatchObject({ code: 0, report: { proven: true, nodes: [{ verified: events.length }] } });
  const twice = ids().length - events.length;
  expect(findings(verified).filter((finding) => finding.startsWith("sent_again "))).toHaveLength(twice);
  expect(findings(verified)).toHaveLength(twice);
});

test("a collector that stands still delays no request, and gets everything once it goes on", async () => {
  const collector = await startSyslogNg({ certificates });
  onTestFinished(() => collector.stop());
  const daemon = await startTestDaemon({ exporter: exporterTo(targetOf(collector.ports.tlsOctetCounting, "json")) });
  const { events } = plantedEvents(4 * PER_BATCH, SEED + 2);
  await postAll(daemon, events.slice(0, PER_BATCH));
  await collector.waitForRecords(PER_BATCH);
  collector.freeze();
  await postAll(daemon, events.slice(PER_BATCH));
  expect(daemon.health().store.rows).toBe(events.length);
  expect(collector.records()).toHaveLength(PER_BATCH);
  collector.thaw();
  const records = await collector.waitForRecords(events.length, 20_000);
  expect(findings(await verifyLines(records.map(({ msg }) => msg)))).toEqual([]);
});

function alter(lines: readonly string[], index: number, found: RegExp, instead: string): readonly string[] {
  const line = lines[index] ?? "";
  return lines.with(index, line.replace(found, instead));
}

// In JSON inside JSON a secret may be escaped; those that are planted hold nothing that would be, but the lines of a key.
function isFound(text: string, part: string): boolean {
  return !part.startsWith("-----") && text.includes(part);
}
