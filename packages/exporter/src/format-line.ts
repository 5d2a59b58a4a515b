import { formatCef } from "@clawmetry/siem-cef";
import { type AgentEvent, type EventDescription, type FormatOptions } from "@clawmetry/siem-events";
import { formatJson } from "@clawmetry/siem-json";
import { formatRfc3164, formatRfc5424 } from "@clawmetry/siem-syslog";
import { utf8Length } from "@clawmetry/siem-text";
import { type SettledConfig } from "./with-defaults.ts";

/** What a line is made from besides the event. */
export interface LineOptions extends Pick<FormatOptions, "nowMs" | "sequence" | "labels" | "hostname"> {
  readonly config: SettledConfig;
  readonly description: EventDescription;
  /** PROCID. Default: none. */
  readonly procId?: string | undefined;
  /** Most bytes of the line. */
  readonly maxBytes: number;
}

/** One line as it is sent. */
export interface Line {
  readonly text: string;
  /** False when what must never be cut does not fit. */
  readonly fits: boolean;
}

/** Writes an event as one line: the header that the configuration asks for, and CEF or JSON. Never throws. */
export function formatLine(event: AgentEvent, options: LineOptions): Line {
  const { config, description, maxBytes, hostname } = options;
  const header = headerOf(options);
  const format = config.format === "json" ? formatJson : formatCef;
  const message = format(event, {
    content: config.content,
    jsonData: config.jsonData,
    newlines: config.cefNewlines,
    equals: config.cefEquals,
    hostname,
    nowMs: options.nowMs,
    sequence: options.sequence,
    labels: options.labels,
    description,
    maxBytes: maxBytes - header.length, // a header is ASCII
  });
  const text = header + message; // both formats are one clean line: there is nothing left to clean
  return { text, fits: text.length * 3 <= maxBytes || utf8Length(text) <= maxBytes };
}

// Everything before the message, the last space included.
function headerOf({ config, description, hostname, procId }: LineOptions): string {
  if (config.syslog === "none") return "";
  const write = config.syslog === "rfc3164" ? formatRfc3164 : formatRfc5424;
  return write({
    facility: config.facility,
    severity: description.syslogSeverity,
    timeMs: description.timeMs, // the same instant as CEF's rt, since receivers choose between the two
    appName: config.appName,
    msgId: description.type,
    ...(hostname !== undefined && { hostname }),
    ...(procId !== undefined && { procId }),
    message: "",
  });
}
