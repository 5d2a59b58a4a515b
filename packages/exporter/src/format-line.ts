import { formatCef } from "@clawmetry/siem-cef";
import { type AgentEvent, type EventDescription, type FormatOptions } from "@clawmetry/siem-events";
import { formatJson } from "@clawmetry/siem-json";
import { formatRfc3164, formatRfc5424, type SyslogMessage } from "@clawmetry/siem-syslog";
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
  const write = (message: string): string =>
    writeMessage(config.syslog, {
      facility: config.facility,
      severity: description.syslogSeverity,
      timeMs: description.timeMs, // the same instant as CEF's rt, since receivers choose between the two
      appName: config.appName,
      msgId: description.type,
      ...(hostname !== undefined && { hostname }),
      ...(options.procId !== undefined && { procId: options.procId }),
      message,
    });
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
    maxBytes: maxBytes - write("").length, // a header is ASCII
  });
  const text = write(message);
  return { text, fits: text.length * 3 <= maxBytes || utf8Length(text) <= maxBytes };
}

function writeMessage(syslog: SettledConfig["syslog"], message: SyslogMessage): string {
  if (syslog === "none") return message.message ?? "";
  return syslog === "rfc3164" ? formatRfc3164(message) : formatRfc5424(message);
}
