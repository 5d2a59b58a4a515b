import { plainJson } from "@clawmetry/siem-events";
import { escapeJson, isPlainText, isPlainTime, surrogateEscape } from "./escape-json.ts";
import { numberJson } from "./fact-json.ts";
import { type JsonMemory } from "./json-memory.ts";

// One less than JSON has elsewhere: the event itself is a level.
const MAX_DEPTH = 63;

/**
 * The properties of an event, each after a comma, safe for a line: those of an event that `JSON.stringify` writes as it must
 * be, and that has no `siem` of its own. Undefined for any other, and soon after the text is longer than `maxLength` UTF-16
 * code units.
 */
export function plainEvent(event: object, maxLength: number, memory: JsonMemory): string | undefined {
  try {
    return isPlainObject(event) ? properties(event as Readonly<Record<string, unknown>>, maxLength, memory) : undefined;
  } catch {
    return undefined; // a proxy or a getter threw, or a cycle was met
  }
}

// A loop over the keys of an object would also meet what was given to all objects.
function isPlainObject(event: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(event);
  return prototype === null || (prototype === Object.prototype && Object.keys(Object.prototype).length === 0);
}

function properties(
  event: Readonly<Record<string, unknown>>,
  maxLength: number,
  memory: JsonMemory,
): string | undefined {
  let json = "";
  for (const key in event) {
    const value = event[key];
    if (value === undefined && key !== "siem") continue;
    const room = maxLength - json.length;
    const known = typeof value === "string" && value.length <= room ? textProperty(key, value, memory) : undefined;
    const property = known ?? otherProperty(key, value, room);
    if (property === undefined) return undefined;
    json += property;
  }
  return json;
}

function textProperty(key: string, value: string, memory: JsonMemory): string | undefined {
  switch (key) {
    case "id":
      return isPlainText(value) ? `,"id":"${value}"` : undefined;
    case "ts":
      return isPlainTime(value) ? `,"ts":"${value}"` : undefined;
    case "chain_prev_hash":
      return isPlainText(value) ? `,"chain_prev_hash":"${value}"` : undefined;
    case "chain_hash":
      return isPlainText(value) ? `,"chain_hash":"${value}"` : undefined;
    case "payload_hash":
      return isPlainText(value) ? `,"payload_hash":"${value}"` : undefined;
    case "event_type":
      return memory.eventType(value);
    case "node_id":
      return memory.nodeId(value);
    case "agent_type":
      return memory.agentType(value);
    case "agent_id":
      return memory.agentId(value);
    case "session_id":
      return memory.sessionId(value);
    case "workspace_id":
      return memory.workspaceId(value);
    default:
      return key !== "siem" && isPlainText(key) && isPlainText(value) ? `,"${key}":"${value}"` : undefined;
  }
}

function otherProperty(key: string, value: unknown, room: number): string | undefined {
  if (key === "siem") return undefined;
  const json = valueJson(value, room);
  if (json === undefined) return undefined;
  if (key === "data") return `,"data":${json}`;
  return isPlainText(key) ? `,"${key}":${json}` : `,${escapeJson(JSON.stringify(key.toWellFormed()))}:${json}`;
}

function valueJson(value: unknown, room: number): string | undefined {
  if (value === null) return "null";
  if (typeof value === "number") return numberJson(value);
  const json = plainJson(value, room, MAX_DEPTH);
  return json === undefined || json.includes(surrogateEscape) ? undefined : escapeJson(json);
}
