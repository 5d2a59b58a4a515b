import { read } from "./event-data.ts";
import { timeText } from "./event-time.ts";

/** The fields that the hash chain covers, in alphabetical order. A line must let each of them be read back. */
export const chainedFields = [
  "agent_id",
  "agent_type",
  "event_type",
  "id",
  "node_id",
  "session_id",
  "ts",
  "workspace_id",
] as const;

export type ChainedField = (typeof chainedFields)[number];

/** The text of a chained field, or of a hash of the chain, that a line can show. Undefined where there is none. */
export function chainedText(event: object, field: ChainedField | "chain_hash" | "chain_prev_hash"): string | undefined {
  const value = read(event, field);
  return field === "ts" ? timeText(value) : identifierText(value);
}

/** The text of a value of the envelope that a line can show; for `ts`, see `timeText`. Undefined where there is none. */
export function identifierText(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

/**
 * Whether a line that shows `shown` for a chained field holds exactly what was hashed. A session or workspace of null is held
 * by a line that shows none; any other field that is missing is not held.
 */
export function isHeld(event: object, field: ChainedField, shown: string | undefined): boolean {
  const value = read(event, field);
  if (shown === undefined) return value === null && (field === "session_id" || field === "workspace_id");
  return field === "ts" ? timeText(value) === shown : value === shown;
}
