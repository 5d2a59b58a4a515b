import { CefSyntaxError, type CefMessage, parseCef } from "@clawmetry/siem-cef";
import { parseSyslog, type SyslogMessage, SyslogSyntaxError } from "@clawmetry/siem-syslog";
import { checkSiemObject } from "./check-siem-object.ts";

/** The event in a record. */
export interface RecordBody {
  readonly cef?: CefMessage;
  readonly json?: Readonly<Record<string, unknown>>;
}

/** A record as a collector understands it. */
export interface DecodedRecord extends RecordBody {
  /** The whole record; bytes that are no UTF-8 are U+FFFD. */
  readonly text: string;
  /** Absent when there is no header that can be read. */
  readonly syslog?: SyslogMessage;
  /** What the formats do not allow, with positions. Holds nothing of the record. */
  readonly problems: readonly string[];
}

/** What is taken for granted of a record. */
export interface DecodeOptions {
  /** Milliseconds since 1970. RFC 3164 writes no year: the one nearest to this time is taken. Default: the time of the call. */
  readonly nowMs?: number;
  /** Whether a record may be CEF or JSON without a syslog header before it. Default false. */
  readonly headerless?: boolean;
}

const STARTS_EVENT = /^(?:CEF:|\{)/;

/** Reads syslog and the event in it, as strictly as the formats are written. Never throws: what is wrong is in `problems`. */
export function decodeRecord(bytes: Uint8Array, options: DecodeOptions = {}): DecodedRecord {
  const problems: string[] = [];
  const text = readText(bytes, problems);
  const headerless = STARTS_EVENT.test(text);
  if (headerless && options.headerless !== true) problems.push("syslog: the record has no header");
  const syslog = headerless ? undefined : readSyslog(text, options.nowMs, problems);
  const message = headerless ? text : syslog?.message;
  const body = message === undefined ? {} : readBody(message, problems);
  if (syslog !== undefined && message === undefined) problems.push("the record ends before its message");
  return { text, ...(syslog !== undefined && { syslog }), ...body, problems };
}

function readText(bytes: Uint8Array, problems: string[]): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    problems.push("the record is not UTF-8");
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  }
}

function readSyslog(text: string, nowMs: number | undefined, problems: string[]): SyslogMessage | undefined {
  try {
    return parseSyslog(text, nowMs === undefined ? {} : { nowMs });
  } catch (error) {
    if (!(error instanceof SyslogSyntaxError)) throw error;
    problems.push(`syslog: ${error.message}`);
    return undefined;
  }
}

function readBody(message: string, problems: string[]): RecordBody {
  if (message.startsWith("CEF:")) return readCef(message, problems);
  if (message.startsWith("{")) return readJson(message, problems);
  problems.push("the message is neither CEF nor a JSON object");
  return {};
}

function readCef(message: string, problems: string[]): RecordBody {
  try {
    return { cef: parseCef(message) };
  } catch (error) {
    if (!(error instanceof CefSyntaxError)) throw error;
    problems.push(error.message);
    return {};
  }
}

function readJson(message: string, problems: string[]): RecordBody {
  try {
    const json: unknown = JSON.parse(message);
    if (!isObject(json)) return {}; // a text that begins with a brace holds an object or nothing
    const siem = json["siem"];
    problems.push(...(isObject(siem) ? checkSiemObject(siem) : ["JSON: there is no object siem"]));
    return { json };
  } catch {
    problems.push("JSON: the message is not JSON"); // the parser's message repeats a piece of it
    return {};
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
