import { type EventDescription } from "@clawmetry/siem-events";
import { formatRfc3164, formatRfc5424 } from "@clawmetry/siem-syslog";
import { type LineSettings } from "./line-settings.ts";

/** What a header is made from besides the event. */
export interface HeaderOptions {
  readonly config: LineSettings;
  readonly hostname?: string | undefined;
  /** PROCID. Default: none. */
  readonly procId?: string | undefined;
}

/** Writes everything before the message, the last space included: the header that the configuration asks for, or nothing. */
export function formatHeader(description: EventDescription, options: HeaderOptions): string {
  const { syslog } = options.config;
  if (syslog === "rfc5424") return withTime(timelessHeader(description, options), description);
  return syslog === "none" ? "" : write(description, description.timeMs, options);
}

/**
 * `formatHeader` for many events with the same options: of an RFC 5424 header only the time is written anew. It remembers one
 * header for every event type and severity that it has met, of which there are few.
 */
export function createHeaderWriter(options: HeaderOptions): (description: EventDescription) => string {
  if (options.config.syslog !== "rfc5424") return (description) => formatHeader(description, options);
  const known = new Map<string, Map<number, TimelessHeader>>();
  return (description) => {
    const { type, syslogSeverity } = description;
    const ofType = known.get(type) ?? new Map<number, TimelessHeader>();
    const header = ofType.get(syslogSeverity) ?? timelessHeader(description, options);
    if (!ofType.has(syslogSeverity)) known.set(type, ofType.set(syslogSeverity, header));
    return withTime(header, description);
  };
}

// A header but for its TIMESTAMP.
interface TimelessHeader {
  readonly before: string;
  readonly after: string;
}

// The nil value of RFC 5424 §6. TIMESTAMP is the first field after PRI and VERSION, so that what is found first is the time.
const NIL = "-";

function timelessHeader(description: EventDescription, options: HeaderOptions): TimelessHeader {
  const header = write(description, null, options);
  const start = header.indexOf(NIL);
  return { before: header.slice(0, start), after: header.slice(start + NIL.length) };
}

function withTime({ before, after }: TimelessHeader, { time = NIL }: EventDescription): string {
  return before + time + after;
}

function write(description: EventDescription, timeMs: number | null, options: HeaderOptions): string {
  const { config, hostname = "", procId = "" } = options;
  const format = config.syslog === "rfc3164" ? formatRfc3164 : formatRfc5424;
  return format({
    facility: config.facility,
    severity: description.syslogSeverity,
    timeMs, // the same instant as CEF's rt, since receivers choose between the two
    hostname,
    appName: config.appName,
    procId,
    msgId: description.type,
    message: "",
  });
}
