import { copyFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { alterStore, createStoreFile, post, startTestDaemon } from "../test/start-test-daemon.ts";
import { describeStoreReport } from "./describe-store-report.ts";
import { openStore } from "./store/open-store.ts";
import { type StoreReport, verifyStore } from "./verify-store.ts";

/** A store with events 1 to 3 of node `a` in rows 1, 3 and 5, and of node `b` in rows 2 and 4. */
async function createFilledStore(): Promise<string> {
  const storeFile = await createStoreFile();
  const daemon = await startTestDaemon({ storeFile });
  const ids = ["a1", "b1", "a2", "b2", "a3"];
  const events = ids.map((id) => ({
    id,
    node_id: id[0],
    event_type: "tool.call",
    ts: "2026-11-23T00:00:00Z",
    data: { id },
  }));
  await post(daemon, { events });
  await daemon.close();
  return storeFile;
}

/** What is left of the store when somebody has changed it behind our back. */
async function reportAfter(...statements: readonly string[]): Promise<StoreReport> {
  const file = await createFilledStore();
  await alterStore(file, ...statements);
  return verifyStore(file);
}

test("a store that nobody touched is valid, and reading it changes nothing", async () => {
  const file = await createFilledStore();
  const report = await verifyStore(file);
  expect(report).toMatchObject({
    valid: true,
    chain: { status: "valid", events: 5, verified: 5 },
    payloads: { verified: 5, altered: [], missing: [] },
    columnsDiffer: [],
    unreadable: [],
    headsDiffer: [],
  });
  expect(describeStoreReport(report)).toEqual([
    "5 events, 5 verified in their chain, 5 payloads verified",
    "node a: valid, 3 events, 3 verified",
    "node b: valid, 2 events, 2 verified",
  ]);
  expect(await verifyStore(file)).toEqual(report);
});

test("one node alone can be verified", async () => {
  const report = await verifyStore(await createFilledStore(), { nodeId: "b" });
  expect(report).toMatchObject({ valid: true, chain: { events: 2, nodes: [{ nodeId: "b", verified: 2 }] } });
});

test("an empty store is valid", async () => {
  const storeFile = await createStoreFile();
  (await openStore(storeFile)).close();
  expect(await verifyStore(storeFile)).toMatchObject({ valid: true, chain: { status: "empty", events: 0 } });
});

const change = (id: string, from: string, to: string): string =>
  `UPDATE events SET event = replace(event, '${from}', '${to}') WHERE id = '${id}'`;

test.each<[string, readonly string[], readonly string[]]>([
  [
    "an identity field is altered",
    [change("a2", "2026-11-23T00:00:00Z", "2026-11-22T00:00:00Z")],
    ["node a: altered: a2 (unknown)", "row 3 (a2): a column says something else than the event"],
  ],
  [
    "one byte of the payload is altered",
    [change("a2", '"data":{"id":"a2"}', '"data":{"id":"aX"}')],
    ["row 3 (a2): payload altered"],
  ],
  [
    "a payload hash is removed",
    [change("b2", '"payload_hash"', '"payload_hasch"')],
    ["row 4 (b2): payload hash missing", "row 4 (b2): a column says something else than the event"],
  ],
  ["an event is deleted", ["DELETE FROM events WHERE id = 'a2'"], ["node a: missing between a1 and a3"]],
  ["the newest event is deleted", ["DELETE FROM events WHERE id = 'a3'"], ["node a: missing between a2 and nothing"]],
  [
    "all events of a node are deleted",
    ["DELETE FROM events WHERE node_id = 'b'"],
    ["node b: missing between nothing and nothing"],
  ],
  [
    "a column is altered",
    ["UPDATE events SET session_id = 'other' WHERE id = 'a1'"],
    ["row 1 (a1): a column says something else than the event"],
  ],
  [
    "a row is no event any more",
    ["UPDATE events SET event = 'x' WHERE id = 'a3'"],
    [
      "node a: missing between a2 and nothing",
      "without a node: empty, 1 events, 0 verified",
      "without a node: not in the chain: nothing",
      "row 5 (a3): no JSON",
    ],
  ],
  [
    "an event is stored twice",
    ["INSERT INTO events SELECT * REPLACE (6 AS seq) FROM events WHERE id = 'b1'"],
    ["node b: stored twice: b1"],
  ],
  ["two rows are swapped", ["UPDATE events SET seq = 10 WHERE id = 'a2'"], ["node a: out of order: a3"]],
  [
    "the newest hashes are gone",
    ["DELETE FROM chain_heads"],
    [
      "node a: the chain does not end with the newest hash that the store keeps",
      "node b: the chain does not end with the newest hash that the store keeps",
    ],
  ],
])("%s: it is found, and nothing else is claimed", async (_name, statements, lines) => {
  const report = await reportAfter(...statements);
  expect(report.valid).toBe(false);
  expect(describeStoreReport(report).filter((line) => !/^(\d+ events|node \w: \w+, \d)/.test(line))).toEqual(lines);
});

test("a report for people is bounded", async () => {
  const { length } = describeStoreReport({
    ...(await verifyStore(await createFilledStore())),
    columnsDiffer: Array.from({ length: 1000 }, (_, seq) => ({ seq, id: null })),
  });
  expect(length).toBe(24);
});

test("the store reports a version that it does not know", async () => {
  const file = await createFilledStore();
  await alterStore(file, "UPDATE store_version SET version = 2");
  const error = {
    name: "StoreError",
    code: "invalid",
    message: `${file} is a store of version 2, and this is for version 1`,
  };
  await expect(verifyStore(file)).rejects.toMatchObject(error);
  await expect(openStore(file)).rejects.toMatchObject(error);
});

test("a store that this process has open is told, and so is a copy that can be read", async () => {
  const file = await createFilledStore();
  await startTestDaemon({ storeFile: file });
  await expect(verifyStore(file)).rejects.toMatchObject({
    code: "busy",
    message: `${file} is in use by this process: close it first`,
  });
  await copyFile(file, `${file}.copy`);
  expect((await verifyStore(`${file}.copy`)).valid).toBe(true);
});
