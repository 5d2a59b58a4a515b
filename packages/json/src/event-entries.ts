import { type AgentEvent, asObject, jsonProperty } from "@clawmetry/siem-events";

const KNOWN_KEYS: ReadonlySet<string> = new Set([
  "id",
  "event_type",
  "ts",
  "node_id",
  "agent_id",
  "agent_type",
  "session_id",
  "workspace_id",
  "data",
  "chain_hash",
  "chain_prev_hash",
]);

/**
 * The properties of an event in their order, its own `siem` as `_siem`. Of keys that are not part of every event at most
 * `maxOthers`; `onCut` is told of more, with the number of all. What is no object stands under `data`.
 */
export function eventEntries(
  event: AgentEvent,
  maxOthers: number,
  onCut: (count: number) => void,
): (readonly [name: string, value: unknown])[] {
  const given = asObject(event);
  if (given === undefined) return [["data", event]];
  const keys = ownKeys(given);
  const hasSiem = keys.includes("siem");
  const entries: (readonly [string, unknown])[] = [];
  let others = 0;
  for (const key of keys) {
    if (hasSiem && key === "_siem") continue;
    if (!KNOWN_KEYS.has(key) && ++others > maxOthers) continue;
    const value = jsonProperty(given, key);
    if (value === undefined || typeof value === "function" || typeof value === "symbol") continue;
    entries.push([key === "siem" ? "_siem" : key, value]);
  }
  if (others > maxOthers) onCut(keys.length);
  return entries;
}

function ownKeys(event: object): readonly string[] {
  try {
    return Object.keys(event);
  } catch {
    return []; // a proxy refused to say what it holds
  }
}
