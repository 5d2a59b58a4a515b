import { verifyChain } from "@clawmetry/integrity";
import { expect, test, vi } from "vitest";
import { eventsOf, exporterTo, idsOf, startCollector } from "../test/collector.ts";
import { alterStore, createStoreFile, post, request, startTestDaemon } from "../test/start-test-daemon.ts";
import { startDaemon } from "./start-daemon.ts";
import { openStore } from "./store/open-store.ts";

/** The events of a store that no daemon has open. */
async function storedEvents(file: string): Promise<readonly unknown[]> {
  const store = await openStore(file);
  const rows = await store.readAfter(0, 100_000);
  store.close();
  return rows.map(({ event }) => JSON.parse(event) as unknown);
}

function batch(prefix: string, count: number): { readonly events: readonly unknown[] } {
  return {
    events: Array.from({ length: count }, (_, index) => ({
      id: `${prefix}${index}`,
      event_type: "tool.call",
      data: { name: "bash", input: { command: `echo ${index}` } },
    })),
  };
}

function idRange(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

test("what is on the wire is what is stored: redacted, stamped, once per id", async () => {
  const collector = await startCollector();
  const storeFile = await createStoreFile();
  const daemon = await startTestDaemon({ storeFile, exporter: exporterTo(collector.port) });
  const secret = {
    id: "e1",
    event_type: "tool.call",
    data: { command: "curl -H 'Authorization: Bearer abcdef0123456789'" },
  };
  const hostile = {
    id: "e2",
    event_type: "x",
    ts: 1795403045.5,
    data: { text: 'a|b\\c=d\n\u0000\u{1f99e}\ud800"' },
  };
  expect(await post(daemon, { events: [secret, hostile, secret] })).toMatchObject({
    body: { accepted: 2, duplicates: 1 },
  });
  expect(await post(daemon, { ...secret, data: "changed" })).toMatchObject({ body: { accepted: 0, duplicates: 1 } });
  await collector.waitFor(() => collector.messages.length === 2);
  expect(await daemon.close()).toEqual({ left: 0 });
  const stored = await storedEvents(storeFile);
  expect(stored).toHaveLength(2);
  expect(eventsOf(collector)).toEqual(stored);
  expect(stored).toMatchObject([
    { id: "e1", session_id: "run-1" },
    { id: "e2", data: { text: 'a|b\\c=d\n\u0000\u{1f99e}\ufffd"' } }, // half a character is none
  ]);
  expect(JSON.stringify(stored) + collector.messages.join("")).not.toContain("abcdef0123456789");
  expect(await verifyChain(eventsOf(collector))).toMatchObject({ status: "valid", verified: 2 });
});

test("a restart goes on in the same chains, and forwards nothing again after a clean end", async () => {
  const collector = await startCollector();
  const storeFile = await createStoreFile();
  const nodes = (round: number) =>
    ["a", "b", "a"].map((node_id, index) => ({ id: `${round}-${index}`, node_id, event_type: "x" }));
  for (const round of [1, 2, 3]) {
    const daemon = await startTestDaemon({ storeFile, exporter: exporterTo(collector.port) });
    await post(daemon, { events: nodes(round) });
    expect(await daemon.close()).toEqual({ left: 0 });
  }
  expect(idsOf(collector)).toEqual(["1-0", "1-1", "1-2", "2-0", "2-1", "2-2", "3-0", "3-1", "3-2"]);
  const report = await verifyChain(await storedEvents(storeFile));
  expect(report.nodes.map(({ nodeId, status, verified }) => [nodeId, status, verified])).toEqual([
    ["a", "valid", 6],
    ["b", "valid", 3],
  ]);
});

test("the mark follows what is settled while the daemon runs", async () => {
  const collector = await startCollector();
  const daemon = await startTestDaemon({ exporter: exporterTo(collector.port), markIntervalMs: 5 });
  await post(daemon, batch("e", 300));
  await vi.waitFor(() => {
    expect(daemon.health().store).toEqual({ rows: 300, lastSeq: 300, forwardedSeq: 300 });
  });
  expect(daemon.health().forwarding).toMatchObject({ waiting: 0, exporter: { accepted: 300, sent: 300 } });
});

test("with the collector away, the store is the spool: nothing is dropped, and all of it comes at last, once", async () => {
  const away = await startCollector();
  const { port } = away;
  await away.close();
  const storeFile = await createStoreFile();
  const daemon = await startTestDaemon({ storeFile, exporter: exporterTo(port, { queueEvents: 20 }) });
  await post(daemon, batch("e", 500));
  expect(daemon.health().forwarding?.exporter.dropped.queue_full).toBe(0);
  const { left } = await daemon.close({ timeoutMs: 100 });
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(20);

  const collector = await startCollector();
  const next = await startTestDaemon({ storeFile, exporter: exporterTo(collector.port, { queueEvents: 20 }) });
  await post(next, batch("f", 10));
  await collector.waitFor(() => collector.messages.length === 510);
  expect(await next.close()).toEqual({ left: 0 });
  expect(idsOf(collector)).toEqual([...idRange("e", 500), ...idRange("f", 10)]);
});

test("a collector that reads nothing keeps nobody waiting", async () => {
  const collector = await startCollector({ reading: false });
  const daemon = await startTestDaemon({ exporter: exporterTo(collector.port, { queueEvents: 10 }) });
  for (let round = 0; round < 5; round++) expect((await post(daemon, batch(`${round}-`, 200))).status).toBe(200);
  expect(daemon.health()).toMatchObject({ store: { rows: 1000 }, ingest: { waiting: 0 } });
  expect(daemon.health().forwarding?.exporter.dropped.queue_full).toBe(0);
});

test("without an exporter events are stored, and forwarded once there is one", async () => {
  const storeFile = await createStoreFile();
  const daemon = await startTestDaemon({ storeFile });
  await post(daemon, { id: "e1", event_type: "x" });
  expect(daemon.health()).toMatchObject({ nodeId: "node-a", store: { rows: 1 }, forwarding: null });
  expect(await daemon.close()).toEqual({ left: 0 });
  const collector = await startCollector();
  const next = await startTestDaemon({ storeFile, exporter: exporterTo(collector.port) });
  await collector.waitFor(() => collector.messages.length === 1);
  await next.close();
  expect(idsOf(collector)).toEqual(["e1"]);
});

test("events come in without HTTP too", async () => {
  const daemon = await startTestDaemon();
  expect(
    await daemon.ingest(
      [
        { id: "e1", event_type: "x" },
        { id: "e1", event_type: "x" },
      ],
      "run",
    ),
  ).toEqual({
    accepted: 1,
    duplicates: 1,
  });
  await expect(daemon.ingest([{}])).rejects.toMatchObject({ name: "IngestError", code: "bad_event" });
  await expect(daemon.ingest([])).rejects.toMatchObject({ name: "IngestError", code: "bad_request" });
  await daemon.close();
  await expect(daemon.ingest([{ event_type: "x" }])).rejects.toMatchObject({ name: "IngestError", code: "closed" });
});

test("a queue that is full refuses whole batches, and what was taken before is stored", async () => {
  const daemon = await startTestDaemon({ maxWaitingEvents: 10 });
  const first = daemon.ingest(Array.from({ length: 20 }, () => ({ event_type: "x" })));
  await expect(daemon.ingest([{ event_type: "x" }])).rejects.toMatchObject({ name: "IngestError", code: "queue_full" });
  expect(await first).toEqual({ accepted: 20, duplicates: 0 });
  expect(await daemon.ingest([{ event_type: "x" }])).toEqual({ accepted: 1, duplicates: 0 });
});

test("a stored row that somebody broke is told by an event of the daemon's own, and stops nothing", async () => {
  const storeFile = await createStoreFile();
  const before = await startTestDaemon({ storeFile });
  await post(before, batch("e", 3));
  await before.close();
  await alterStore(storeFile, "UPDATE events SET event = 'secret' WHERE seq = 2");

  const collector = await startCollector();
  const lines: string[] = [];
  const daemon = await startTestDaemon({
    storeFile,
    exporter: exporterTo(collector.port),
    log: (line) => lines.push(line),
  });
  await collector.waitFor(() => collector.messages.length === 3);
  expect(await daemon.close()).toEqual({ left: 0 });
  expect(eventsOf(collector)).toMatchObject([
    { id: "e0" },
    { id: "e2" },
    {
      event_type: "daemon.error",
      node_id: "node-a",
      session_id: null,
      data: { code: "row_unreadable", message: "row 2 of the store holds no event", count: 1 },
    },
  ]);
  expect(lines).toEqual(["row_unreadable: row 2 of the store holds no event"]);
});

test("health is what the daemon says of itself", async () => {
  const daemon = await startTestDaemon();
  await post(daemon, batch("e", 2));
  expect(await request(`${daemon.url}/health`)).toMatchObject({
    status: 200,
    body: {
      status: "ok",
      nodeId: "node-a",
      store: { rows: 2, lastSeq: 2, forwardedSeq: 0 },
      ingest: { waiting: 0 },
      forwarding: null,
    },
  });
});

test("close may be called twice, and ends connections that are kept open", async () => {
  const daemon = await startTestDaemon();
  await post(daemon, batch("e", 1));
  expect(await Promise.all([daemon.close(), daemon.close()])).toEqual([{ left: 0 }, { left: 0 }]);
  await expect(fetch(`${daemon.url}/health`)).rejects.toThrow("fetch failed");
});

test("a daemon that cannot listen leaves its store free", async () => {
  const { port } = await startTestDaemon();
  const storeFile = await createStoreFile();
  await expect(startTestDaemon({ storeFile, port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await startTestDaemon({ storeFile });
});

test.each([
  [{ token: "short" }, "token must be 16 to 256 printable ASCII characters without spaces, got string"],
  [{ token: "with a space in it" }, "token must be 16 to 256 printable ASCII characters without spaces, got string"],
  [{ host: "0.0.0.0" }, "host must be a loopback address or localhost, got string"],
  [{ port: 65_536 }, "port must be a whole number from 0 to 65535, got 65536"],
  [{ nodeId: "" }, "nodeId must be 1 to 256 characters, got string"],
  [{ storeFile: "" }, "storeFile must be the path of a file, got string"],
  [{ maxWaitingEvents: 0 }, "maxWaitingEvents must be a whole number at least 1, got 0"],
  [{ maxBodyBytes: 1.5 }, "maxBodyBytes must be a whole number at least 1, got 1.5"],
  [{ settleMs: -1 }, "settleMs must be a whole number at least 0, got -1"],
  [{ markIntervalMs: 0 }, "markIntervalMs must be a whole number from 1 to 2147483647, got 0"],
])("an option that cannot work is refused before anything is opened: %j", async (option, message) => {
  const options = { storeFile: "/nowhere/store.duckdb", token: "0123456789abcdef", ...option };
  await expect(startDaemon(options)).rejects.toMatchObject({ name: "OptionError", message });
});
