import { type CheckedEvent } from "./complete-event.ts";
import { IngestError } from "./ingest-error.ts";

const LONGEST_NAME = 256;
const MOST_LEVELS = 100;

// By field: whether it must be there, and what else than text it may be. The rest of an event is as free as JSON.
const NAMES = {
  event_type: { required: true },
  id: {},
  node_id: {},
  agent_id: {},
  agent_type: {},
  session_id: {},
  workspace_id: {},
} as const;

/**
 * Reads one event of a batch. `event_type` is required; it, `id`, `node_id`, `agent_id`, `agent_type`, `session_id` and `workspace_id` are
 * text of at most 256 characters or null, `ts` text or a finite number. At most 100 levels deep. Throws `IngestError`, `bad_event`, that
 * names `place`.
 */
export function checkEvent(value: unknown, place: string): CheckedEvent {
  if (!isObject(value)) throw new IngestError("bad_event", `${place} must be a JSON object`);
  for (const [field, rule] of Object.entries(NAMES)) {
    const required = "required" in rule;
    if (isName(value[field], required)) continue;
    const allowed = `${required ? "" : "null or "}text of ${required ? 1 : 0} to ${LONGEST_NAME} well-formed characters`;
    throw new IngestError("bad_event", `${place}.${field} must be ${allowed}`);
  }
  if (!isTime(value["ts"]))
    throw new IngestError("bad_event", `${place}.ts must be null, text of up to 64 characters or a number`);
  if (!fits(value, MOST_LEVELS)) {
    throw new IngestError("bad_event", `${place} must have at most ${MOST_LEVELS} levels of objects and arrays`);
  }
  return value as CheckedEvent;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isName(value: unknown, required: boolean): boolean {
  if (value === undefined || value === null || value === "") return !required;
  return typeof value === "string" && value.length <= LONGEST_NAME && value.isWellFormed();
}

function isTime(value: unknown): boolean {
  if (value === undefined || value === null || typeof value === "number") return true;
  return typeof value === "string" && value.length <= 64 && value.isWellFormed();
}

// What JSON.parse gave has no cycles.
function fits(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((item) => fits(item, levels - 1));
}
