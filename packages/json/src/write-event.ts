import {
  type AgentEvent,
  asObject,
  type ContentPolicy,
  type ChainedField,
  chainedFields,
  chainedText,
  type EventDescription,
  isHeld,
  jsonText,
} from "@clawmetry/siem-events";
import { truncateCodePoints, truncateMiddle } from "@clawmetry/siem-text";
import { isAskedPath } from "./asked-path.ts";
import { type ContentFilter } from "./content-filter.ts";
import { eventEntries } from "./event-entries.ts";
import { type JsonFormatOptions } from "./format-options.ts";
import { plainJson } from "./plain-json.ts";
import { siemObject } from "./siem-object.ts";
import { noLimits, type SizeLimits } from "./size-limits.ts";

/** One event and how it is to be shown. */
export interface EventView {
  readonly event: AgentEvent;
  readonly description: EventDescription;
  readonly options: JsonFormatOptions;
  readonly content: ContentPolicy;
  readonly filter: ContentFilter;
  /** The value of a `data` that is a JSON text of which the policy shows a part. */
  readonly parsedData: unknown;
  /** `rememberedKeys()` of this event. */
  readonly keys: (item: object) => readonly string[];
}

// Splunk reads the keys of the first 5000 bytes only, and `siem` must lie within them.
const LONGEST_FACT = 1023;
const LONGEST_CUT_NAME = 128;
const NEVER_CUT: ReadonlySet<string | undefined> = new Set(["id", "chain_hash", "chain_prev_hash"]);
const CHAINED: ReadonlySet<string | undefined> = new Set(chainedFields);

/** Writes the event within the limits. Undefined soon after the text is longer than `maxLength` UTF-16 code units. */
export function writeEvent(view: EventView, limits: SizeLimits, maxLength: number): string | undefined {
  const { event, description, options } = view;
  const cuts: string[] = [];

  function cutText(
    text: string,
    path: readonly string[],
    most: number,
    place: "end" | "middle",
    length: number,
  ): string {
    if (text.length <= most) return text;
    const cut = place === "middle" ? truncateMiddle(text, most) : truncateCodePoints(text, most);
    if (cut !== text) cuts.push(cutName(path, length));
    return cut;
  }

  function eventText(text: string, path: readonly string[], length: number): string {
    const shown = view.filter(text, path, length);
    if (shown !== text) return shown;
    if (path.length === 1 && NEVER_CUT.has(path[0])) return shown;
    if (path.length === 1 && CHAINED.has(path[0])) return cutText(shown, path, limits.maxId, "end", length);
    const place = isAskedPath(path, description.signatureId) ? "middle" : "end";
    return cutText(shown, path, limits.maxText, place, length);
  }

  function cutFact(name: string, text: string | undefined): string | undefined {
    if (text === undefined) return undefined;
    const most = Math.min(LONGEST_FACT, limits.maxText);
    return cutText(text, ["siem", name], most, name === "command" ? "middle" : "end", text.length).toWellFormed();
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

  const rest = wholeBody(view, limits, maxLength) ?? body();
  if (rest === undefined) return undefined;
  const siem = siemObject(description, options, view.content, cutFact);
  const changed = description.own === undefined ? chainedFields.filter((field) => !isShown(event, field, limits)) : [];
  if (changed.length > 0) siem["changed"] = changed;
  if (cuts.length > 0) siem["truncated"] = cuts;
  return `{"siem":${JSON.stringify(siem)}${rest}}`;
}

// The common case: an event that JSON.stringify writes as it must be, and of which nothing is left out.
function wholeBody(view: EventView, limits: SizeLimits, maxLength: number): string | undefined {
  if (limits !== noLimits || view.content !== "all" || (view.options.jsonData ?? "object") !== "object")
    return undefined;
  const event = asObject(view.event);
  const json = event === undefined ? undefined : plainJson(event, maxLength);
  if (json === undefined || json.includes('"siem":')) return undefined;
  return json === "{}" ? "" : `,${json.slice(1, -1)}`;
}

function isShown(event: AgentEvent, field: ChainedField, limits: SizeLimits): boolean {
  const text = chainedText(event, field)?.toWellFormed();
  if (text !== undefined && field !== "id" && text.length > limits.maxId) return false;
  return isHeld(event, field, text);
}

function cutName(path: readonly string[], length: number): string {
  return `${truncateCodePoints(path.join(".").toWellFormed(), LONGEST_CUT_NAME)}:${length}`;
}
