import {
  type AgentEvent,
  asObject,
  type ContentPolicy,
  describeEvent,
  type EventDescription,
  parseJson,
  readProperty,
  rememberedKeys,
} from "@clawmetry/siem-events";
import { utf8Length } from "@clawmetry/siem-text";
import { contentFilter } from "./content-filter.ts";
import { escapeJson } from "./escape-json.ts";
import { type EventView } from "./event-view.ts";
import { type JsonFormatOptions } from "./format-options.ts";
import { measureEvent } from "./measure-event.ts";
import { plainLine } from "./plain-line.ts";
import { findLimits, leastLimits, noLimits, type SizeLimits } from "./size-limits.ts";
import { writeEvent } from "./write-event.ts";

/**
 * Formats one agent event as one line of JSON: `{"siem":{…facts…},` and then the event as it is. Never throws, whatever the
 * event is. With `maxBytes`, texts are shortened, the longest first, and `siem.truncated` names each with its original length;
 * the result is longer only when what must never be cut does not fit.
 */
export function formatJson(event: AgentEvent, options: JsonFormatOptions = {}): string {
  const description = options.description ?? describeEvent(event, { nowMs: options.nowMs });
  const { maxBytes = Infinity } = options;
  const plain = plainLine(event, description, options);
  return plain !== undefined && fits(plain, maxBytes) ? plain : fittedLine(event, description, options, maxBytes);
}

function fittedLine(
  event: AgentEvent,
  description: EventDescription,
  options: JsonFormatOptions,
  maxBytes: number,
): string {
  const content = options.content ?? "all";
  const filter = contentFilter(content, description);
  const parsedData = partlyShown(event, content);
  const view: EventView = { event, description, options, content, filter, parsedData, keys: rememberedKeys() };
  const write = (limits: SizeLimits): string | undefined => {
    const json = writeEvent(view, limits, maxBytes);
    const line = json === undefined ? undefined : escapeJson(json);
    return line === undefined || !fits(line, maxBytes) ? undefined : line;
  };
  // Where everything is shown, what is not plain enough for plainLine is most often too long.
  const whole = content === "all" && maxBytes < Infinity ? undefined : write(noLimits);
  // Where nothing is left to cut, the caller sees by the length that this event is too large.
  return whole ?? longestLine(view, write, maxBytes) ?? escapeJson(writeEvent(view, leastLimits, Infinity) ?? "{}");
}

function longestLine(
  view: EventView,
  write: (limits: SizeLimits) => string | undefined,
  maxBytes: number,
): string | undefined {
  const measure = measureEvent(view, maxBytes);
  const limits = findLimits(measure.fits, maxBytes);
  const line = limits === undefined ? undefined : write(limits);
  if (line !== undefined || (limits === undefined && measure.isSure())) return line;
  // It is no plain event, or says something else each time: what fits is found by writing it.
  const written = findLimits((given) => write(given) !== undefined, maxBytes);
  return written === undefined ? undefined : write(written);
}

// A policy that hides a part of `data` has to look into it, and into a JSON text too.
function partlyShown(event: AgentEvent, content: ContentPolicy): unknown {
  const given = content === "all" ? undefined : asObject(event);
  const data = given === undefined ? undefined : readProperty(given, "data");
  return typeof data === "string" ? parseJson(data) : undefined;
}

function fits(line: string, maxBytes: number): boolean {
  return line.length * 3 <= maxBytes || utf8Length(line) <= maxBytes;
}
