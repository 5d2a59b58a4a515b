import { asFields, type Fields, parseObject } from "./json-fields.ts";
import { type LineRecord } from "./line-record.ts";
import { readRecord, readSiemObject } from "./read-record.ts";

/**
 * Where receivers and SIEMs keep the message that they got, in the order in which it is looked for: Splunk, Elastic, rsyslog and
 * syslog-ng templates, and the last ones for the message with its header.
 */
export const messageKeys: readonly string[] = ["_raw", "event.original", "message", "msg", "MESSAGE", "rawmsg", "raw"];

const DEEPEST = 8;
const NO_EVENTS: readonly LineRecord[] = [];

/**
 * Reads an object or array that is a JSON event of the exporter or an export that holds messages: `_source` or `hits.hits` of
 * Elastic, `result` or `results` of a Splunk search, or a message under one of `messageKeys`. `json`: its text.
 */
export function readExport(value: unknown, json?: string): readonly LineRecord[] {
  return readLevel(value, json, 0);
}

function readLevel(value: unknown, json: string | undefined, depth: number): readonly LineRecord[] {
  if (depth > DEEPEST) return unknownShape();
  if (Array.isArray(value)) return value.flatMap((item) => readLevel(item, undefined, depth + 1));
  const fields = asFields(value);
  if (fields === undefined) return unknownShape();
  const siem = asFields(fields["siem"]);
  // An event may have a key of its own that is called like one of an export: it is an event first.
  if (siem !== undefined) return [readSiemObject(fields, siem, json)];
  const below = ["_source", "result", "results"].map((key) => fields[key]).find((inner) => typeof inner === "object");
  if (below !== undefined) return readLevel(below, undefined, depth + 1);
  const hits = asFields(fields["hits"])?.["hits"];
  if (Array.isArray(hits)) return readLevel(hits, undefined, depth + 1);
  return readMessage(fields, depth) ?? withoutMessage(fields);
}

// The first message that is an event, else the first one.
function readMessage(fields: Fields, depth: number): readonly LineRecord[] | undefined {
  let first: readonly LineRecord[] | undefined;
  for (const key of messageKeys) {
    const records = readValue(single(key === "event.original" ? originalOf(fields) : fields[key]), depth);
    if (records?.some(({ kind }) => kind === "event") === true) return records;
    first ??= records;
  }
  return first;
}

function readValue(value: unknown, depth: number): readonly LineRecord[] | undefined {
  if (asFields(asFields(value)?.["siem"]) !== undefined) return readLevel(value, undefined, depth + 1);
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  const inner = text.startsWith("{") ? parseObject(text) : undefined;
  return inner === undefined ? [readRecord(text, { wrapped: true })] : readLevel(inner, text, depth + 1);
}

function originalOf(fields: Fields): unknown {
  return asFields(fields["event"])?.["original"] ?? fields["event.original"];
}

// Elastic gives a list where it was asked for fields.
function single(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? (value as readonly unknown[])[0] : value;
}

// How the export of a Splunk search ends that found nothing.
function withoutMessage(fields: Fields): readonly LineRecord[] {
  return typeof fields["preview"] === "boolean" ? NO_EVENTS : unknownShape();
}

function unknownShape(): readonly LineRecord[] {
  return [{ kind: "unreadable", reason: "JSON in none of the known shapes" }];
}
