import { type ChainHeads, type StampedEvent, stampEvents } from "@clawmetry/integrity";
import { timeText } from "@clawmetry/siem-events";
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBTimestampMillisecondsValue,
  LIST,
  listValue,
  VARCHAR,
} from "@duckdb/node-api";
import { type CompleteEvent } from "../ingest/complete-event.ts";

/** Where a store is: what the next batch goes on from. */
export interface StorePosition {
  /** The row number of the newest event. 0 for none. */
  readonly lastSeq: number;
  readonly heads: ChainHeads;
}

/**
 * Stamps and stores the events whose ids are new, the first of each id, in one transaction, and gives the position after it. Rejects
 * when the database fails, and nothing of the batch is stored then.
 */
export async function writeBatch(
  connection: DuckDBConnection,
  batch: readonly CompleteEvent[],
  position: StorePosition,
  nowMs: number,
): Promise<StorePosition> {
  await connection.run("BEGIN TRANSACTION");
  try {
    // Only what is stored may be stamped: a chain with a hash of nothing in it would look as if an event were missing.
    const { events, heads } = stampEvents(await takeNew(connection, batch), position.heads);
    await appendEvents(connection, events, position.lastSeq, nowMs);
    await writeHeads(connection, heads, new Set(events.map(nodeOf)));
    await connection.run("COMMIT");
    return { lastSeq: position.lastSeq + events.length, heads };
  } catch (error) {
    // A failed commit has ended the transaction already.
    await connection.run("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function takeNew(
  connection: DuckDBConnection,
  batch: readonly CompleteEvent[],
): Promise<readonly CompleteEvent[]> {
  const byId = new Map<string, CompleteEvent>();
  for (const event of batch) if (!byId.has(event.id)) byId.set(event.id, event);
  const taken = await connection.runAndReadAll(
    "INSERT INTO event_ids SELECT unnest($ids) ON CONFLICT DO NOTHING RETURNING id",
    { ids: listValue([...byId.keys()]) },
    { ids: LIST(VARCHAR) },
  );
  const fresh = new Set(taken.getRows().map(([id]) => id));
  return [...byId.values()].filter(({ id }) => fresh.has(id));
}

async function appendEvents(
  connection: DuckDBConnection,
  events: readonly StampedEvent[],
  lastSeq: number,
  nowMs: number,
): Promise<void> {
  if (events.length === 0) return;
  const appender = await connection.createAppender("events");
  const storedAt = new DuckDBTimestampMillisecondsValue(BigInt(nowMs));
  try {
    events.forEach((event, index) => {
      appender.appendBigInt(BigInt(lastSeq + index + 1));
      for (const text of columnsOf(event)) appendText(appender, text);
      appender.appendTimestampMilliseconds(storedAt);
      appender.appendVarchar(JSON.stringify(event));
      appender.endRow();
    });
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

/** What the columns from `id` to `payload_hash` hold of an event, in their order. */
export function columnsOf(event: Readonly<Record<string, unknown>>): readonly (string | undefined)[] {
  const { id, node_id, ts, event_type, session_id, agent_id, agent_type, workspace_id } = event;
  const { chain_prev_hash, chain_hash, payload_hash } = event;
  const texts = [event_type, session_id, agent_id, agent_type, workspace_id, chain_prev_hash, chain_hash, payload_hash];
  return [id, node_id, timeText(ts), ...texts].map((value) => (typeof value === "string" ? value : undefined));
}

function appendText(appender: DuckDBAppender, text: string | undefined): void {
  if (text === undefined) appender.appendNull();
  else appender.appendVarchar(text);
}

async function writeHeads(
  connection: DuckDBConnection,
  heads: ChainHeads,
  changed: ReadonlySet<string>,
): Promise<void> {
  const entries = Object.entries(heads).filter(([node]) => changed.has(node));
  if (entries.length === 0) return;
  await connection.run(
    "INSERT OR REPLACE INTO chain_heads SELECT unnest($nodes), unnest($hashes)",
    { nodes: listValue(entries.map(([node]) => node)), hashes: listValue(entries.map(([, hash]) => hash)) },
    { nodes: LIST(VARCHAR), hashes: LIST(VARCHAR) },
  );
}

function nodeOf({ node_id }: StampedEvent): string {
  return node_id ?? "";
}
