import { type ChainHeads } from "@clawmetry/integrity";
import { type DuckDBConnection, type DuckDBValue } from "@duckdb/node-api";

/** One stored event. */
export interface StoredRow {
  /** From 1, without gaps, in the order in which events were stored. */
  readonly seq: number;
  /** The whole stamped event as JSON. */
  readonly event: string;
}

/** The first `limit` events after row `seq`, in their order. */
export async function readAfter(
  connection: DuckDBConnection,
  seq: number,
  limit: number,
): Promise<readonly StoredRow[]> {
  const rows = await connection.runAndReadAll(
    "SELECT seq, event FROM events WHERE seq > $seq ORDER BY seq LIMIT $limit",
    { seq: BigInt(seq), limit },
  );
  return rows.getRows().map(([number, event]) => ({ seq: Number(number), event: text(event) }));
}

/** The hash of the newest event of each node. */
export async function readHeads(connection: DuckDBConnection): Promise<ChainHeads> {
  const rows = await connection.runAndReadAll("SELECT node_id, chain_hash FROM chain_heads ORDER BY node_id");
  return Object.fromEntries(rows.getRows().map(([node, hash]) => [text(node), text(hash)]));
}

/** One number that a statement gives. 0 where it gives none. */
export async function readNumber(connection: DuckDBConnection, statement: string): Promise<number> {
  const rows = await connection.runAndReadAll(statement);
  return Number(rows.getRows()[0]?.[0] ?? 0);
}

function text(value: DuckDBValue | undefined): string {
  return typeof value === "string" ? value : "";
}

/** One stored event with the columns beside it. */
export interface CheckableRow extends StoredRow {
  /** The columns from `id` to `payload_hash`, in the order of `columnsOf`. */
  readonly columns: readonly (string | null)[];
}

const COLUMNS =
  "id, node_id, ts, event_type, session_id, agent_id, agent_type, workspace_id, chain_prev_hash, chain_hash, payload_hash";
const PAGE = 1000;

/** All rows, or those of one node, in their order, a page in memory at a time. */
export async function* readRows(
  connection: DuckDBConnection,
  nodeId: string | undefined,
): AsyncGenerator<CheckableRow> {
  const ofNode = nodeId === undefined ? "" : "AND node_id = $nodeId";
  const statement = `SELECT seq, event, ${COLUMNS} FROM events WHERE seq > $seq ${ofNode} ORDER BY seq LIMIT ${PAGE}`;
  let last = -1n;
  for (;;) {
    const page = await connection.runAndReadAll(statement, { seq: last, ...(nodeId !== undefined && { nodeId }) });
    const rows = page.getRows();
    for (const [seq, event, ...columns] of rows) {
      last = typeof seq === "bigint" ? seq : last;
      yield {
        seq: Number(seq),
        event: text(event),
        columns: columns.map((value) => (value === null ? null : text(value))),
      };
    }
    if (rows.length < PAGE) return;
  }
}
