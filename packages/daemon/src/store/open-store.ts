import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { type DuckDBConnection } from "@duckdb/node-api";
import { type CompleteEvent } from "../ingest/complete-event.ts";
import { type Database, openDatabase } from "./open-database.ts";
import { readAfter, readHeads, readNumber, type StoredRow } from "./read-store.ts";
import { createTables } from "./schema.ts";
import { StoreError } from "./store-error.ts";
import { type StorePosition, writeBatch } from "./write-batch.ts";

/** The events of a daemon in a file of DuckDB, which is at once the spool of what is to be forwarded. */
export interface Store {
  /**
   * Stores the events whose ids are new, in one transaction, and gives how many. Calls must not overlap. Rejects with `StoreError`;
   * nothing of the batch is stored then.
   */
  readonly add: (batch: readonly CompleteEvent[]) => Promise<number>;
  /** The first `limit` events after row `seq`, in their order. Rejects with `StoreError`. */
  readonly readAfter: (seq: number, limit: number) => Promise<readonly StoredRow[]>;
  /** The row number of the newest event. 0 for none. */
  readonly lastSeq: number;
  /** How many events there are. Less than `lastSeq` where old ones were removed. */
  readonly rows: number;
  /** The high-water mark: everything up to this row was confirmed as forwarded, or dropped and told. */
  readonly forwardedSeq: number;
  /** Writes the high-water mark. Rejects with `StoreError`. */
  readonly markForwarded: (seq: number) => Promise<void>;
  /** Frees the file. No call may be under way. Safe to call twice. */
  readonly close: () => void;
}

/** Opens the store in `file`, made with its folder when it is missing. `now`: milliseconds since 1970. Rejects with `StoreError`. */
export async function openStore(file: string, now: () => number = Date.now): Promise<Store> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new StoreError("io", `the folder of ${file} cannot be made`, cause);
  });
  const database = await openDatabase(file);
  try {
    const writer = await database.connect();
    await createTables(writer, file);
    // Reading has a connection of its own, or it would be part of a transaction that may be rolled back.
    return await createStore({ file, database, writer, reader: await database.connect(), now });
  } catch (cause) {
    database.close();
    throw cause instanceof StoreError ? cause : new StoreError("io", `${file} cannot be read`, cause);
  }
}

interface StoreParts {
  readonly file: string;
  readonly database: Database;
  readonly writer: DuckDBConnection;
  readonly reader: DuckDBConnection;
  readonly now: () => number;
}

async function createStore({ file, database, writer, reader, now }: StoreParts): Promise<Store> {
  let position = await readPosition(writer);
  let certain = true;
  let rows = await readNumber(writer, "SELECT count(*) FROM events");
  let forwardedSeq = await readNumber(writer, "SELECT seq FROM forwarding");
  let closed = false;

  async function add(batch: readonly CompleteEvent[]): Promise<number> {
    // After a failure, only the file knows whether the batch is in it.
    if (!certain) {
      position = await readPosition(writer);
      rows = await readNumber(writer, "SELECT count(*) FROM events");
    }
    certain = false;
    const before = position.lastSeq;
    position = await writeBatch(writer, batch, position, now());
    certain = true;
    rows += position.lastSeq - before;
    return position.lastSeq - before;
  }

  return {
    add: (batch) => failAs(`${file} cannot be written`, add(batch)),
    readAfter: (seq, limit) => failAs(`${file} cannot be read`, readAfter(reader, seq, limit)),
    get lastSeq() {
      return position.lastSeq;
    },
    get rows() {
      return rows;
    },
    get forwardedSeq() {
      return forwardedSeq;
    },
    markForwarded: async (seq) => {
      await failAs(
        `${file} cannot be written`,
        reader.run("INSERT OR REPLACE INTO forwarding VALUES ('forwarded', $seq)", { seq: BigInt(seq) }),
      );
      forwardedSeq = seq;
    },
    close: () => {
      if (closed) return;
      closed = true;
      reader.closeSync();
      writer.closeSync();
      database.close();
    },
  };
}

async function readPosition(connection: DuckDBConnection): Promise<StorePosition> {
  return {
    lastSeq: await readNumber(connection, "SELECT max(seq) FROM events"),
    heads: await readHeads(connection),
  };
}

async function failAs<T>(message: string, result: Promise<T>): Promise<T> {
  return result.catch((cause: unknown) => {
    throw new StoreError("io", message, cause);
  });
}
