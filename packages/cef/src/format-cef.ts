import {
  type AgentEvent,
  type ChainedField,
  chainedFields,
  describeEvent,
  type EventDescription,
  isHeld,
} from "@clawmetry/siem-events";
import { utf8Length } from "@clawmetry/siem-text";
import { type CefField, fieldText } from "./cef-field.ts";
import { type CefText, cefText } from "./cef-text.ts";
import { encodeHeader } from "./encode-cef.ts";
import { fitFields } from "./fit-fields.ts";
import { type CefFormatOptions } from "./format-options.ts";
import { placeFields } from "./place-fields.ts";

const DEVICE_VENDOR = "ClawMetry";
const DEVICE_PRODUCT = "clawmetry";
/** The version of the event mapping. */
const MAPPING_VERSION = "1";

/**
 * Formats one agent event as one line of CEF. Never throws, whatever the event is. With `maxBytes`, the result is longer only
 * when what must never be cut does not fit.
 */
export function formatCef(event: AgentEvent, options: CefFormatOptions = {}): string {
  const text = cefText(options);
  const description = options.description ?? describeEvent(event, { nowMs: options.nowMs });
  const time = description.timeMs === null ? undefined : new Date(description.timeMs).toISOString();
  const header = headerOf(description, options.version ?? MAPPING_VERSION, text);
  const placed = placeFields(event, description, time, options, text);
  const complete = (fields: readonly CefField[]): CefField[] => {
    const all = fields.slice();
    // The exporter's own events are in no chain.
    const changed = description.own === undefined ? changedNames(event, description.type, time, fields) : "";
    if (changed !== "") all.push({ key: "ClawmetryChanged", text: changed, cut: "never" });
    // Always last: some decoders do not unescape the last value, and this one needs no escape.
    if (description.timeMs !== null) all.push({ key: "rt", text: String(description.timeMs), cut: "never" });
    return all;
  };
  const line = header + joinFields(complete(placed), text);
  const { maxBytes } = options;
  if (maxBytes === undefined || line.length * 3 <= maxBytes || utf8Length(line) <= maxBytes) return line;
  return header + joinFields(fitFields(placed, maxBytes - utf8Length(header), text.escape, complete), text);
}

function headerOf(description: EventDescription, deviceVersion: string, text: CefText): string {
  return encodeHeader(
    {
      deviceVendor: DEVICE_VENDOR,
      deviceProduct: DEVICE_PRODUCT,
      deviceVersion,
      signatureId: description.signatureId,
      name: description.signatureName,
      severity: description.cefSeverity,
    },
    text,
  );
}

function joinFields(fields: readonly CefField[], text: CefText): string {
  let line = "";
  for (const field of fields) line += line === "" ? fieldText(field, text.escape) : ` ${fieldText(field, text.escape)}`;
  return line;
}

// Names the chained fields that the line does not hold exactly. Type and time stand by themselves only where they must.
function changedNames(event: AgentEvent, type: string, time: string | undefined, fields: readonly CefField[]): string {
  const shown: Partial<Record<ChainedField, string | undefined>> = { event_type: type, ts: time };
  for (const { chained, text } of fields) if (chained !== undefined) shown[chained] = text;
  return chainedFields.filter((field) => !isHeld(event, field, shown[field])).join(",");
}
