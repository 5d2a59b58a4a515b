import {
  type AgentEvent,
  type ChainedField,
  chainedFields,
  describeEvent,
  type Envelope,
  type EventDescription,
  isHeld,
  readEnvelope,
} from "@clawmetry/siem-events";
import { utf8Length } from "@clawmetry/siem-text";
import { type CefField, fieldText } from "./cef-field.ts";
import { chainedBit } from "./cef-key.ts";
import { epochText } from "./cef-number.ts";
import { changedNames, lineRecord, listedRecord, place, placePlain } from "./cef-record.ts";
import { type CefText, cefText, isPlainHeader } from "./cef-text.ts";
import { encodeHeader } from "./encode-cef.ts";
import { eventKeys } from "./event-keys.ts";
import { fitFields } from "./fit-fields.ts";
import { type CefFormatOptions } from "./format-options.ts";
import { placeFields } from "./place-fields.ts";

const DEVICE_VENDOR = "ClawMetry";
const DEVICE_PRODUCT = "clawmetry";
/** The version of the event mapping. */
const MAPPING_VERSION = "1";
const HEADER_START = `CEF:0|${DEVICE_VENDOR}|${DEVICE_PRODUCT}|${MAPPING_VERSION}|`;
const CEF_SEVERITIES: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

/**
 * Formats one agent event as one line of CEF. Never throws, whatever the event is. With `maxBytes`, the result is longer only
 * when what must never be cut does not fit.
 */
export function formatCef(event: AgentEvent, options: CefFormatOptions = {}): string {
  const text = cefText(options);
  const description = options.description ?? describeEvent(event, { nowMs: options.nowMs });
  const envelope = readEnvelope(event);
  const record = lineRecord(headerOf(description, options.version ?? MAPPING_VERSION, text), text);
  const header = record.line;
  placeFields(record, envelope, description, options);
  // The exporter's own events are in no chain.
  if (description.own === undefined) place(record, eventKeys.changed, changedNames(record.held));
  // Always last: some decoders do not unescape the last value, and this one needs no escape.
  if (description.timeMs !== null) placePlain(record, eventKeys.time, epochText(description.timeMs));
  const { line } = record;
  const { maxBytes } = options;
  if (maxBytes === undefined || line.length * 3 <= maxBytes || utf8Length(line) <= maxBytes) return line;
  return header + shortFields(envelope, description, options, text, maxBytes - utf8Length(header));
}

function headerOf(description: EventDescription, deviceVersion: string, text: CefText): string {
  const { signatureId, signatureName: name, cefSeverity: severity } = description;
  const isPlain = Number.isInteger(signatureId) && isPlainHeader(name) && CEF_SEVERITIES.has(severity);
  return isPlain && deviceVersion === MAPPING_VERSION
    ? `${HEADER_START}${signatureId}|${name}|${severity}|`
    : encodeHeader(
        { deviceVendor: DEVICE_VENDOR, deviceProduct: DEVICE_PRODUCT, deviceVersion, signatureId, name, severity },
        text,
      );
}

// The fields of a record that is too long, shortened to `room` bytes.
function shortFields(
  envelope: Envelope,
  description: EventDescription,
  options: CefFormatOptions,
  text: CefText,
  room: number,
): string {
  const placed: CefField[] = [];
  placeFields(listedRecord(placed, text), envelope, description, options);
  const complete = (fields: readonly CefField[]): CefField[] => {
    const all = fields.slice();
    const changed = description.own === undefined ? changedNames(heldIn(fields, envelope, description)) : "";
    if (changed !== "") all.push({ key: eventKeys.changed.key, text: changed, cut: "never" });
    const { timeMs } = description;
    if (timeMs !== null) all.push({ key: eventKeys.time.key, text: epochText(timeMs), cut: "never" });
    return all;
  };
  return fitFields(placed, room, text.escape, complete)
    .map((field) => fieldText(field, text.escape))
    .join(" ");
}

// The chained fields that the listed ones hold exactly. Type and time stand by themselves only where they must.
function heldIn(fields: readonly CefField[], envelope: Envelope, { type, time }: EventDescription): number {
  const shown: Partial<Record<ChainedField, string | undefined>> = { event_type: type, ts: time };
  for (const { chained, text } of fields) if (chained !== undefined) shown[chained] = text;
  let held = 0;
  for (const field of chainedFields) if (isHeld(envelope, field, shown[field])) held |= chainedBit(field);
  return held;
}
