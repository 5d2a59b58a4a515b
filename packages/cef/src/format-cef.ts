import { type AgentEvent, chainedFields, describeEvent, type EventDescription, isHeld } from "@clawmetry/siem-events";
import { utf8Length } from "@clawmetry/siem-text";
import { type CefField, fieldText } from "./cef-field.ts";
import { type CefText, cefText } from "./cef-text.ts";
import { encodeHeader } from "./encode-cef.ts";
import { fitFields } from "./fit-fields.ts";
import { type CefFormatOptions } from "./format-options.ts";
import { isoTime, placeFields } from "./place-fields.ts";

const DEVICE = { deviceVendor: "ClawMetry", deviceProduct: "clawmetry" };
/** The version of the event mapping. */
const MAPPING_VERSION = "1";

/**
 * Formats one agent event as one line of CEF. Never throws, whatever the event is. With `maxBytes`, the result is longer only
 * when what must never be cut does not fit.
 */
export function formatCef(event: AgentEvent, options: CefFormatOptions = {}): string {
  const text = cefText(options);
  const description = options.description ?? describeEvent(event, { nowMs: options.nowMs });
  const header = headerOf(description, options.version ?? MAPPING_VERSION, text);
  const placed = placeFields(event, description, options, text);
  const complete = (fields: readonly CefField[]): CefField[] => [
    ...fields,
    ...changedField(event, description, fields),
    ...timeField(description),
  ];
  const line = header + joinFields(complete(placed), text);
  const { maxBytes } = options;
  if (maxBytes === undefined || line.length * 3 <= maxBytes || utf8Length(line) <= maxBytes) return line;
  return header + joinFields(fitFields(placed, maxBytes - utf8Length(header), text.escape, complete), text);
}

function headerOf(description: EventDescription, deviceVersion: string, text: CefText): string {
  const { signatureId, signatureName: name, cefSeverity: severity } = description;
  return encodeHeader({ ...DEVICE, deviceVersion, signatureId, name, severity }, text);
}

function joinFields(fields: readonly CefField[], text: CefText): string {
  return fields.map((field) => fieldText(field, text.escape)).join(" ");
}

// Names the chained fields that the line does not hold exactly. The exporter's own events are in no chain.
function changedField(event: AgentEvent, description: EventDescription, fields: readonly CefField[]): CefField[] {
  if (description.own !== undefined) return [];
  const shown = new Map(fields.map((field) => [field.chained, field.text]));
  if (!shown.has("event_type")) shown.set("event_type", description.type);
  const time = isoTime(description);
  if (!shown.has("ts") && time !== undefined) shown.set("ts", time);
  const changed = chainedFields.filter((field) => !isHeld(event, field, shown.get(field)));
  return changed.length === 0 ? [] : [{ key: "ClawmetryChanged", text: changed.join(","), cut: "never" }];
}

// Always last: some decoders do not unescape the last value, and this one needs no escape.
function timeField(description: EventDescription): CefField[] {
  return description.timeMs === null ? [] : [{ key: "rt", text: String(description.timeMs), cut: "never" }];
}
