import { type AgentEvent, asObject, envelopeKeys, jsonProperty } from "@clawmetry/siem-events";

/**
 * The properties of an event in their order, its own `siem` as `_siem`. Of keys beside the envelope at most
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
    if (!envelopeKeys.has(key) && ++others > maxOthers) continue;
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
