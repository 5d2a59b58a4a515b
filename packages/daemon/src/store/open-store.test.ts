import { writeFile } from "node:fs/promises";
import { genesisHash } from "@clawmetry/integrity";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, onTestFinished, test } from "vitest";
import { createStoreFile } from "../../test/start-test-daemon.ts";
import { type CompleteEvent } from "../ingest/complete-event.ts";
import { openStore, type Store } from "./open-store.ts";

function event(id: string, node_id = "n"): CompleteEvent {
  return { id, node_id, event_type: "x", ts: 1795403045 };
}

async function open(file: string): Promise<Store> {
  const store = await openStore(file, () => 1_795_403_045_678);
  onTestFinished(store.close);
  return store;
}

/** What a statement gives in a store that nobody has open. */
async function query(file: string, statement: string): Promise<unknown> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(statement)).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

test("an id is stored once, in a batch and over all batches, and only what is stored is in the chain", async () => {
  const store = await open(await createStoreFile());
  expect(await store.add([event("1"), event("2"), event("1")])).toBe(2);
  expect(await store.add([event("2"), event("3", "m"), event("4")])).toBe(2);
  expect(await store.add([event("4")])).toBe(0);
  const rows = (await store.readAfter(0, 10)).map((row) => ({
    ...row,
    event: JSON.parse(row.event) as Record<string, unknown>,
  }));
  expect(rows.map(({ seq, event: { id } }) => [seq, id])).toEqual([
    [1, "1"],
    [2, "2"],
    [3, "3"],
    [4, "4"],
  ]);
  const [first, second, other, third] = rows.map((row) => row.event);
  expect([first, second, other, third].map((stamped) => stamped?.["chain_prev_hash"])).toEqual([
    genesisHash,
    first?.["chain_hash"],
    genesisHash,
    second?.["chain_hash"],
  ]);
  expect([store.rows, store.lastSeq]).toEqual([4, 4]);
});

test("rows, heads and the mark are there again after a restart", async () => {
  const file = await createStoreFile();
  const before = await open(file);
  await before.add([event("1")]);
  await before.markForwarded(1);
  before.close();
  before.close();
  const after = await open(file);
  expect([after.rows, after.lastSeq, after.forwardedSeq]).toEqual([1, 1, 1]);
  await after.add([event("1"), event("2")]);
  const [first, second] = (await after.readAfter(0, 9)).map((row) => JSON.parse(row.event) as Record<string, unknown>);
  expect(second?.["chain_prev_hash"]).toBe(first?.["chain_hash"]);
});

test("the columns are those of the event, whatever characters it holds", async () => {
  const file = await createStoreFile();
  const store = await open(file);
  await store.add([{ ...event("a\u0000b", "\u{1f99e}'"), session_id: "s", workspace_id: null, data: "d" }]);
  const [row] = await store.readAfter(0, 1);
  store.close();
  const { chain_hash } = JSON.parse(row?.event ?? "") as { readonly chain_hash: string };
  const columns = "seq, id, node_id, ts, event_type, session_id, agent_id, workspace_id, chain_hash, stored_at";
  expect(await query(file, `SELECT ${columns} FROM events`)).toEqual([
    ["1", "a\u0000b", "\u{1f99e}'", "1795403045", "x", "s", null, null, chain_hash, "2026-11-23 03:04:05.678"],
  ]);
});

test("a batch that fails leaves nothing behind, and the next one goes on", async () => {
  const store = await open(await createStoreFile());
  await store.add([event("1")]);
  const bad = { ...event("3"), data: 1n };
  await expect(store.add([event("2"), bad])).rejects.toMatchObject({ name: "StoreError", code: "io" });
  expect(store.lastSeq).toBe(1);
  expect(await store.add([event("2"), event("3")])).toBe(2);
  expect((await store.readAfter(1, 10)).map(({ seq }) => seq)).toEqual([2, 3]);
});

test.each([["a file of something else", "no database", "is no DuckDB file"]])(
  "%s is refused",
  async (_name, content, message) => {
    const file = await createStoreFile();
    (await open(file)).close();
    await writeFile(`${file}.other`, content.repeat(1000));
    await expect(openStore(`${file}.other`)).rejects.toMatchObject({
      code: "invalid",
      message: `${file}.other ${message}`,
    });
  },
);

test("a database of somebody else is refused, and left as it is", async () => {
  const file = await createStoreFile();
  (await open(file)).close();
  await query(`${file}.theirs`, "CREATE TABLE theirs (a INTEGER)");
  await expect(openStore(`${file}.theirs`)).rejects.toMatchObject({
    code: "invalid",
    message: `${file}.theirs is no store of clawmetry-daemon`,
  });
  expect(await query(`${file}.theirs`, "SELECT table_name FROM duckdb_tables()")).toEqual([["theirs"]]);
});

test("a folder that cannot be made is told", async () => {
  const file = await createStoreFile();
  (await open(file)).close();
  await expect(openStore(`${file}/inside/store`)).rejects.toMatchObject({
    code: "io",
    message: `the folder of ${file}/inside/store cannot be made`,
  });
});
