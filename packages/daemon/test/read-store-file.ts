import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readdirSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

/** All events of a store that no daemon has open, by id. */
export async function storedEvents(file: string): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const instance = await DuckDBInstance.create(file, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const rows = await connection.runAndReadAll("SELECT id, event FROM events ORDER BY seq");
  connection.closeSync();
  instance.closeSync();
  return new Map(
    rows.getRows().map(([id, event]) => [String(id), JSON.parse(String(event)) as Readonly<Record<string, unknown>>]),
  );
}

/** The bytes of a store's file and of whatever lies beside it, one character each. */
export async function storedBytes(file: string): Promise<string> {
  const folder = dirname(file);
  const files = await Promise.all(readdirSync(folder).map((name) => readFile(join(folder, name), "latin1")));
  return files.join("\n");
}
