import { type AgentEvent, asObject, type EventDescription, plainJson, readEnvelope } from "@clawmetry/siem-events";
import { changedFields } from "./changed-fields.ts";
import { escapeJson, surrogateEscape } from "./escape-json.ts";
import { type JsonFormatOptions } from "./format-options.ts";
import { siemJson } from "./siem-json.ts";

/**
 * The line of an event of the common kind: one that `JSON.stringify` writes as it must be, and of which nothing is left out.
 * Undefined for any other.
 */
export function plainLine(
  event: AgentEvent,
  description: EventDescription,
  options: JsonFormatOptions,
): string | undefined {
  const { content = "all", jsonData = "object", maxBytes = Infinity } = options;
  if (content !== "all" || jsonData !== "object") return undefined;
  const object = asObject(event);
  const json = object === undefined || hasSiem(object) ? undefined : plainJson(object, maxBytes);
  if (json === undefined || json.includes(surrogateEscape)) return undefined;
  const changed = changedFields(readEnvelope(event), description, Infinity);
  const siem = siemJson(description, { options, content, maxText: Infinity, changed, cuts: [] });
  return json === "{}" ? `{"siem":${siem}}` : `{"siem":${siem},${escapeJson(json).slice(1)}`;
}

function hasSiem(event: object): boolean {
  try {
    return Object.hasOwn(event, "siem");
  } catch {
    return true; // a proxy refused to say what it holds
  }
}
