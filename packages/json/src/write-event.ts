import { jsonText, readEnvelope } from "@clawmetry/siem-events";
import { changedFields } from "./changed-fields.ts";
import { cutName, cutText } from "./cut-text.ts";
import { eventEntries } from "./event-entries.ts";
import { noMemory } from "./json-memory.ts";
import { type EventView } from "./event-view.ts";
import { siemJson } from "./siem-json.ts";
import { type SizeLimits } from "./size-limits.ts";
import { cutPlace, textRule } from "./text-rule.ts";

/** Writes the event within the limits. Undefined soon after the text is longer than `maxLength` UTF-16 code units. */
export function writeEvent(view: EventView, limits: SizeLimits, maxLength: number): string | undefined {
  const { event, description, options } = view;
  const cuts: string[] = [];
  const rule = textRule(view);

  function eventText(text: string, path: readonly string[], length: number): string {
    const { shown, limit } = rule(text, path, length);
    if (limit === "none") return shown;
    if (limit === "id") return cutText(shown, path, limits.maxId, "end", length, cuts);
    return cutText(shown, path, limits.maxText, cutPlace(path, description), length, cuts);
  }

  function value(item: unknown, prefix: readonly string[], room: number): string | undefined {
    return jsonText(item, {
      maxEntries: limits.maxEntries,
      maxLength: room,
      keys: view.keys,
      text: (text, path, length) => eventText(text, [...prefix, ...path], length),
      onCut: (path, entries) => cuts.push(cutName([...prefix, ...path], entries)),
    });
  }

  // `data` may be a JSON text already, and may have to become one.
  function dataValue(data: unknown, room: number): string | undefined {
    const { parsedData } = view;
    const json = value(parsedData ?? data, ["data"], room);
    const asText = parsedData !== undefined || (options.jsonData === "string" && typeof data !== "string");
    return json === undefined || !asText ? json : JSON.stringify(json);
  }

  function body(): string | undefined {
    let text = "";
    for (const [name, item] of eventEntries(event, limits.maxEntries, (count) => cuts.push(cutName([], count)))) {
      if (name === "data" && options.jsonData === "omit") continue;
      const room = maxLength - text.length;
      const json = name === "data" ? dataValue(item, room) : value(item, [name], room);
      if (json === undefined) return undefined;
      text += `,${JSON.stringify(name.toWellFormed())}:${json}`;
      if (text.length > maxLength) return undefined;
    }
    return text;
  }

  const rest = body();
  if (rest === undefined) return undefined;
  const changed = changedFields(readEnvelope(event), description, limits.maxId);
  const siem = siemJson(description, {
    options,
    content: view.content,
    maxText: limits.maxText,
    changed,
    cuts,
    memory: noMemory,
  });
  return `{"siem":${siem}${rest}}`;
}
