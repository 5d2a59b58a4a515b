import { encodeJson } from "@clawmetry/siem-json";
import { terminalText } from "../terminal-text.ts";
import { type DecodedRecord } from "./decode-record.ts";
import { type ReceivedFrame } from "./received-frame.ts";
import { recordFacts } from "./record-facts.ts";

/** How a record is printed: one line of facts, one JSON object, or the line as it came. */
export type RecordView = "facts" | "json" | "raw";

const MAX_FACT_LENGTH = 160;
const MAX_TEXT_LENGTH = 240;
const NAME_WIDTH = 22;

/** One line for a record. Safe to print on a terminal, whatever the record holds. */
export function showRecord(frame: ReceivedFrame, record: DecodedRecord, view: RecordView): string {
  if (view === "raw") return terminalText(record.text);
  return view === "json" ? showJson(frame, record) : showFacts(frame, record);
}

function showJson({ transport, from }: ReceivedFrame, record: DecodedRecord): string {
  const { syslog, cef, json, problems, text } = record;
  const { message, ...header } = syslog ?? {};
  const body = { ...(cef !== undefined && { cef }), ...(json !== undefined && { json }) };
  const read = "cef" in body || "json" in body;
  return encodeJson({
    transport,
    from,
    ...(syslog !== undefined && { syslog: read ? header : { ...header, message } }),
    ...body,
    ...(problems.length > 0 && { problems }),
    ...(!read && syslog === undefined && { text }),
  });
}

function showFacts({ transport }: ReceivedFrame, record: DecodedRecord): string {
  const facts = recordFacts(record);
  const { time = "-", severity = "-", signatureId = "-", name = "-" } = facts;
  const shown = (value: string): string => terminalText(value, MAX_FACT_LENGTH);
  const columns = [
    shown(time).padEnd(24),
    transport,
    `severity ${shown(severity).padStart(2)}`,
    shown(signatureId).padEnd(4),
    shown(name).padEnd(NAME_WIDTH),
  ];
  const pairs = (["act", "outcome", "agent", "session", "host", "seq"] as const).flatMap((key) => {
    const value = facts[key];
    return value === undefined || value === "" ? [] : [`${key}=${shown(value)}`];
  });
  const rest = record.cef === undefined && record.json === undefined ? record.text : facts.message;
  if (rest !== undefined) pairs.push(`msg=${terminalText(rest, MAX_TEXT_LENGTH)}`);
  return [...columns, ...pairs].join("  ").trimEnd();
}
