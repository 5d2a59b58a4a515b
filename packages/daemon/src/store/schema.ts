import { type DuckDBConnection } from "@duckdb/node-api";
import { StoreError } from "./store-error.ts";

const VERSION = 1;

// `event_ids` decides which ids are new: its index answers as fast for a million events as for none. In `events`, the text of the whole
// event is what counts; the other columns are there for queries.
const TABLES = [
  "CREATE TABLE store_version (version INTEGER NOT NULL)",
  `INSERT INTO store_version VALUES (${VERSION})`,
  "CREATE TABLE event_ids (id VARCHAR PRIMARY KEY)",
  `CREATE TABLE events (seq BIGINT PRIMARY KEY, id VARCHAR NOT NULL, node_id VARCHAR NOT NULL, ts VARCHAR NOT NULL,
    event_type VARCHAR NOT NULL, session_id VARCHAR, agent_id VARCHAR, agent_type VARCHAR, workspace_id VARCHAR,
    chain_prev_hash VARCHAR NOT NULL, chain_hash VARCHAR NOT NULL, payload_hash VARCHAR, stored_at TIMESTAMP_MS NOT NULL,
    event VARCHAR NOT NULL)`,
  "CREATE TABLE chain_heads (node_id VARCHAR PRIMARY KEY, chain_hash VARCHAR NOT NULL)",
  "CREATE TABLE forwarding (name VARCHAR PRIMARY KEY, seq BIGINT NOT NULL)",
];

/** Makes the tables in a new file. Rejects with `StoreError` when the file holds tables of something else. */
export async function createTables(connection: DuckDBConnection, file: string): Promise<void> {
  const tables = await connection.runAndReadAll("SELECT table_name FROM duckdb_tables()");
  if (tables.currentRowCount > 0) return checkTables(connection, file);
  await connection.run("BEGIN TRANSACTION");
  for (const statement of TABLES) await connection.run(statement);
  await connection.run("COMMIT");
}

/** Rejects with `StoreError` when a file is no store, or one of another version. */
export async function checkTables(connection: DuckDBConnection, file: string): Promise<void> {
  const version = await readVersion(connection).catch(() => undefined);
  if (version === undefined) throw new StoreError("invalid", `${file} is no store of clawmetry-daemon`);
  if (version === VERSION) return;
  throw new StoreError("invalid", `${file} is a store of version ${version}, and this is for version ${VERSION}`);
}

async function readVersion(connection: DuckDBConnection): Promise<number | undefined> {
  const rows = await connection.runAndReadAll("SELECT version FROM store_version");
  const version = rows.getRows()[0]?.[0];
  return typeof version === "number" ? version : undefined;
}
