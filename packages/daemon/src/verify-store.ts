import { type ChainReport, createChainVerifier, type NodeReport, verifyPayload } from "@clawmetry/integrity";
import { type DuckDBConnection } from "@duckdb/node-api";
import { openDatabase } from "./store/open-database.ts";
import { type CheckableRow, readHeads, readRows } from "./store/read-store.ts";
import { checkTables } from "./store/schema.ts";
import { columnsOf } from "./store/write-batch.ts";

/** A stored event, by its place in the store. */
export interface RowPlace {
  readonly seq: number;
  readonly id: string | null;
}

/** What a store proves of itself. Plain data: JSON keeps all of it. */
export interface StoreReport {
  /** Whether nothing at all was found: the chains are valid, in order and end where the store says, and the payloads are as hashed. */
  readonly valid: boolean;
  /** Identity and order of the events. An `EventPlace.position` counts the rows that were read. */
  readonly chain: ChainReport;
  readonly payloads: {
    readonly verified: number;
    /** Their `data` is not what was hashed, or the hash was changed. */
    readonly altered: readonly RowPlace[];
    /** They have no hash, which every stored event had. */
    readonly missing: readonly RowPlace[];
  };
  /** A column says something else than the event beside it. */
  readonly columnsDiffer: readonly RowPlace[];
  /** Rows that hold no JSON. */
  readonly unreadable: readonly RowPlace[];
  /** Nodes whose chain is valid and does not end with the hash that the store keeps as the newest. */
  readonly headsDiffer: readonly string[];
}

export interface VerifyStoreOptions {
  /** Default: all nodes. */
  readonly nodeId?: string | undefined;
}

/**
 * Reads a store in the order of its rows, without changing it, and verifies chains and payloads. No daemon may have it open. Rejects
 * with `StoreError`.
 */
export async function verifyStore(file: string, { nodeId }: VerifyStoreOptions = {}): Promise<StoreReport> {
  const database = await openDatabase(file, { readOnly: true });
  const connection = await database.connect();
  try {
    await checkTables(connection, file);
    return await verifyRows(connection, nodeId);
  } finally {
    connection.closeSync();
    database.close();
  }
}

async function verifyRows(connection: DuckDBConnection, nodeId: string | undefined): Promise<StoreReport> {
  const all = Object.entries(await readHeads(connection));
  const heads = Object.fromEntries(all.filter(([node]) => nodeId === undefined || node === nodeId));
  const verifier = createChainVerifier({ heads });
  const payloads = { verified: 0, altered: [] as RowPlace[], missing: [] as RowPlace[] };
  const columnsDiffer: RowPlace[] = [];
  const unreadable: RowPlace[] = [];
  for await (const row of readRows(connection, nodeId)) {
    const event = parse(row.event);
    const place = { seq: row.seq, id: row.columns[0] ?? null };
    verifier.add(event);
    if (event === undefined) {
      unreadable.push(place);
      continue;
    }
    const status = verifyPayload(event);
    if (status === "verified") payloads.verified++;
    else payloads[status].push(place);
    if (differs(row, event)) columnsDiffer.push(place);
  }
  const chain = verifier.report();
  const headsDiffer = chain.nodes.filter((node) => endsElsewhere(node, heads[node.nodeId])).map(({ nodeId: id }) => id);
  const faults = [payloads.altered, payloads.missing, columnsDiffer, unreadable, headsDiffer];
  const valid = isAsWritten(chain) && faults.every(({ length }) => length === 0);
  return { valid, chain, payloads, columnsDiffer, unreadable, headsDiffer };
}

// A broken chain ends somewhere else anyway, and is told as broken.
function endsElsewhere({ status, headHash }: NodeReport, head: string | undefined): boolean {
  return status === "valid" && headHash !== head;
}

// A copy may hold events twice and in any order. The store wrote each once, in the order of its chain.
function isAsWritten({ status, events, nodes }: ChainReport): boolean {
  if (status !== "valid" && events > 0) return false;
  return status !== "invalid" && nodes.every((node) => node.duplicated.length === 0 && node.reordered.length === 0);
}

function differs({ columns }: CheckableRow, event: Readonly<Record<string, unknown>>): boolean {
  return columnsOf(event).some((text, index) => (text ?? null) !== columns[index]);
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const event: unknown = JSON.parse(text);
    const isEvent = typeof event === "object" && event !== null && !Array.isArray(event);
    return isEvent ? (event as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined; // told as unreadable
  }
}
