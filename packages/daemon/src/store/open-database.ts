import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { StoreError } from "./store-error.ts";

/** An open file of DuckDB. */
export interface Database {
  readonly connect: () => Promise<DuckDBConnection>;
  /** Writes the log into the file and frees the lock. Its connections are to be closed before. */
  readonly close: () => void;
}

export interface OpenDatabaseOptions {
  /** Default false: the file is made when it is missing. */
  readonly readOnly?: boolean;
}

// The database runs statements of ours only: it loads nothing from the network, and no file but its own.
const CONFIG: Readonly<Record<string, string>> = {
  threads: "2",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  enable_external_access: "false",
};

/** Opens a file, which DuckDB locks: one process writes, or several read. Rejects with `StoreError`. */
export async function openDatabase(file: string, { readOnly = false }: OpenDatabaseOptions = {}): Promise<Database> {
  try {
    // By the cache: a second instance of the same file in one process would take the lock away from the first.
    const instance = await DuckDBInstance.fromCache(file, {
      ...CONFIG,
      access_mode: readOnly ? "READ_ONLY" : "READ_WRITE",
    });
    return {
      connect: () => instance.connect(),
      close: () => {
        instance.closeSync();
      },
    };
  } catch (cause) {
    throw openFailure(file, cause);
  }
}

function openFailure(file: string, cause: unknown): StoreError {
  const text = cause instanceof Error ? cause.message : "";
  const holder = /\(PID (\d+)\)/.exec(text)?.[1];
  if (text.includes("Could not set lock")) {
    const process = holder === undefined ? "another process" : `process ${holder}`;
    return new StoreError("busy", `${file} is in use by ${process}: stop it, or take a copy`, cause);
  }
  if (text.includes("different configuration")) {
    return new StoreError("busy", `${file} is in use by this process: close it first`, cause);
  }
  if (text.includes("database does not exist")) return new StoreError("missing", `${file} does not exist`, cause);
  if (text.includes("not a valid DuckDB database")) {
    return new StoreError("invalid", `${file} is no DuckDB file`, cause);
  }
  return new StoreError("io", `${file} cannot be opened`, cause);
}
