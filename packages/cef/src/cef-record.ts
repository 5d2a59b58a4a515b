import { chainedFields, identifierText } from "@clawmetry/siem-events";
import { type CefField } from "./cef-field.ts";
import { type CefKey } from "./cef-key.ts";
import { type CefText, isPlain } from "./cef-text.ts";

/** A record that is being written: as a line at once, or as a list of fields that may still be shortened. */
export interface CefRecord {
  readonly text: CefText;
  /** The header, and the fields so far when there is no list. */
  line: string;
  readonly headerLength: number;
  /** The fields so far, where they may have to be shortened. */
  readonly fields: CefField[] | undefined;
  /** The chained fields that can be read back exactly from what is written, as bits (see `chainedBit`). */
  held: number;
}

const ALL_CHAINED = (1 << chainedFields.length) - 1;

/** Begins a record that is written as a line. */
export function lineRecord(header: string, text: CefText): CefRecord {
  return { text, line: header, headerLength: header.length, fields: undefined, held: 0 };
}

/** Begins a record whose fields are listed. */
export function listedRecord(fields: CefField[], text: CefText): CefRecord {
  return { text, line: "", headerLength: 0, fields, held: 0 };
}

/** Places a field, if there is anything to show, and gives what it shows before escaping. */
export function place(record: CefRecord, key: CefKey, value: string | undefined): string | undefined {
  return value === undefined ? undefined : placeText(record, key, value);
}

function placeText(record: CefRecord, key: CefKey, value: string): string | undefined {
  if (value.length <= key.maxLength && isPlain(value)) {
    placePlain(record, key, value);
    return value;
  }
  const clean = record.text.clean(value, key.maxLength, key.cut === "middle" ? "middle" : "end");
  if (clean === "") return undefined;
  if (record.fields === undefined) append(record, key, record.text.escape(clean));
  else list(record.fields, key, clean);
  return clean;
}

/** Places a value that is not too long and needs neither cleaning nor escaping. */
export function placePlain(record: CefRecord, key: CefKey, value: string): void {
  if (record.fields === undefined) append(record, key, value);
  else list(record.fields, key, value);
}

/** Places a chained field: any value of the envelope but a time. */
export function placeChained(record: CefRecord, key: CefKey, value: unknown): void {
  const shown = place(record, key, identifierText(value));
  if (shown === value && shown !== undefined) record.held |= key.chainedBit;
}

/** The names of the chained fields that are not held, comma-separated. */
export function changedNames(held: number): string {
  if (held === ALL_CHAINED) return "";
  return chainedFields.filter((_field, index) => (held & (1 << index)) === 0).join(",");
}

function append(record: CefRecord, key: CefKey, written: string): void {
  record.line += record.line.length === record.headerLength ? key.start : key.next;
  record.line += written;
}

function list(fields: CefField[], { key, label, cut, chained }: CefKey, text: string): void {
  fields.push({ key, label, text, cut, chained });
}
