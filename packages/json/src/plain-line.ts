import { type AgentEvent, asObject, type EventDescription, readEnvelope } from "@clawmetry/siem-events";
import { changedPlainFields } from "./changed-fields.ts";
import { noMemory } from "./json-memory.ts";
import { type JsonFormatOptions } from "./format-options.ts";
import { plainEvent } from "./plain-event.ts";
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
  const { content = "all", jsonData = "object", maxBytes = Infinity, memory = noMemory } = options;
  if (content !== "all" || jsonData !== "object") return undefined;
  const object = asObject(event);
  const json = object === undefined ? undefined : plainEvent(object, maxBytes, memory);
  if (json === undefined) return undefined;
  const changed = changedPlainFields(readEnvelope(event), description);
  const siem = siemJson(description, { options, content, maxText: Infinity, changed, cuts: [], memory });
  return `{"siem":${siem}${json}}`;
}
