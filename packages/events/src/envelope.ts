/** The keys that every event may have, whatever happened: who, when and where. All others, and `data`, say what. */
export const envelopeKeys: ReadonlySet<string> = new Set([
  "id",
  "event_type",
  "ts",
  "node_id",
  "agent_id",
  "agent_type",
  "session_id",
  "workspace_id",
  "model",
  "cost_usd",
  "token_count",
  "data",
  "chain_hash",
  "chain_prev_hash",
]);
