import { type CefMessage } from "@clawmetry/siem-cef";
import { type DecodedRecord } from "./decode-record.ts";

/** What a person looks for first in a record, the same for CEF and JSON. Text as it came: not safe to print. */
export interface RecordFacts {
  /** ISO 8601, UTC. */
  readonly time?: string;
  /** CEF severity, 0–10. */
  readonly severity?: string;
  readonly signatureId?: string;
  readonly name?: string;
  /** Canonical event type. */
  readonly type?: string;
  readonly act?: string;
  readonly outcome?: string;
  readonly host?: string;
  readonly agent?: string;
  readonly session?: string;
  readonly seq?: string;
  /** What was asked of a tool, or the reason. */
  readonly message?: string;
}

type Fields = Readonly<Record<string, unknown>>;
type Draft = { readonly [Name in keyof RecordFacts]: string | undefined };

/** Picks the facts out of a record. A record that could not be read has those of its header, or none. */
export function recordFacts({ syslog, cef, json }: DecodedRecord): RecordFacts {
  const time = typeof syslog?.timeMs === "number" ? new Date(syslog.timeMs).toISOString() : undefined;
  const body = cef !== undefined ? cefFacts(cef) : json !== undefined ? jsonFacts(json) : {};
  const header = { time, host: syslog?.hostname, type: syslog?.msgId };
  const merged = Object.entries({ ...header, ...defined(body) });
  return defined(Object.fromEntries(merged));
}

function cefFacts({ signatureId, name, severity, extensions: fields }: CefMessage): Draft {
  const rt = Number(text(fields["rt"]) ?? NaN);
  return {
    time: Number.isSafeInteger(rt) && Math.abs(rt) <= 8.64e15 ? new Date(rt).toISOString() : undefined,
    severity: String(severity),
    signatureId: String(signatureId),
    name,
    type: text(fields["cat"]),
    act: text(fields["act"]),
    outcome: text(fields["outcome"]),
    host: text(fields["dvchost"]),
    agent: text(fields["cs2"]),
    session: text(fields["cs1"]),
    seq: text(fields["ClawmetrySeq"]),
    message: text(fields["msg"]) ?? text(fields["reason"]),
  };
}

function jsonFacts(event: Fields): Draft {
  const siem = fieldsOf(event["siem"]);
  const tools = Array.isArray(siem["tools"]) ? siem["tools"].map(text).join(",") : undefined;
  return {
    time: text(siem["time"]),
    severity: text(siem["severity"]),
    signatureId: text(siem["signature_id"]),
    name: text(siem["signature_name"]),
    type: text(siem["type"]),
    act: text(siem["rule"]) ?? tools,
    outcome: text(siem["outcome"]),
    host: text(siem["host"]),
    agent: text(event["agent_id"]),
    session: text(event["session_id"]),
    seq: text(siem["seq"]),
    message: text(siem["command"]) ?? text(siem["reason"]),
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

function defined(facts: Draft): RecordFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
