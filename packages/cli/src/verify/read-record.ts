import { CefSyntaxError, parseCef } from "@clawmetry/siem-cef";
import { parseSyslog, SyslogSyntaxError } from "@clawmetry/siem-syslog";
import { hasRepeatedKey } from "./has-repeated-key.ts";
import { asFields, type Fields, parseObject } from "./json-fields.ts";
import { type LineRecord } from "./line-record.ts";
import { readCefEvent } from "./read-cef-event.ts";
import { readJsonEvent } from "./read-json-event.ts";

// Our own lines hold each of them once at most: what an event says is escaped there.
const CEF_START = /CEF:[01]\|/;
const JSON_START = '{"siem":{';
const EVENT_START = /^\s*(?:CEF:|\{)/;
// As rsyslog and syslog-ng write a message into a file by default: without its priority.
const FILE_HEADER = /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S{8,30}) \S{1,255} [^\s:]{1,255}:/;

/** Where a text was found. */
export interface RecordOptions {
  /** Whether it is the message of an export, without a header that would tell what it is. Default false. */
  readonly wrapped?: boolean;
}

/**
 * Reads the text of one message: CEF or JSON, behind whatever header a receiver has left or put there. What is neither is
 * `foreign` when it is a whole syslog message, and `unreadable` otherwise.
 */
export function readRecord(text: string, { wrapped = false }: RecordOptions = {}): LineRecord {
  const cef = text.search(CEF_START);
  const json = text.indexOf(JSON_START);
  if (json !== -1 && (cef === -1 || json < cef)) return readJson(text.slice(json));
  if (cef !== -1) return readCef(text.slice(cef));
  const message = wrapped ? text : messageOf(text);
  return message === undefined || EVENT_START.test(message)
    ? { kind: "unreadable", reason: "neither CEF nor JSON of this exporter, nor a known export" }
    : { kind: "foreign", reason: "a message without CEF and without JSON of this exporter" };
}

/** Reads an object that holds `siem`. `json`: its text, where it was not written anew by somebody else. */
export function readSiemObject(fields: Fields, siem: Fields, json?: string): LineRecord {
  return json !== undefined && hasRepeatedKey(json)
    ? { kind: "unreadable", reason: "JSON: a key stands twice" }
    : { kind: "event", held: readJsonEvent(fields, siem) };
}

function readCef(text: string): LineRecord {
  try {
    const held = readCefEvent(parseCef(text.trimEnd()));
    return held === undefined ? { kind: "foreign", reason: "CEF of another product" } : { kind: "event", held };
  } catch (error) {
    if (!(error instanceof CefSyntaxError)) throw error;
    return { kind: "unreadable", reason: error.message };
  }
}

function readJson(text: string): LineRecord {
  const fields = parseObject(text);
  const siem = asFields(fields?.["siem"]);
  if (fields === undefined || siem === undefined)
    return { kind: "unreadable", reason: "JSON: the message is not JSON" };
  return readSiemObject(fields, siem, text);
}

function messageOf(text: string): string | undefined {
  const header = FILE_HEADER.exec(text);
  if (header !== null) return text.slice(header[0].length);
  try {
    return parseSyslog(text).message ?? "";
  } catch (error) {
    if (!(error instanceof SyslogSyntaxError)) throw error;
    return undefined;
  }
}
