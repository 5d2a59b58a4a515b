import { formatCef } from "@clawmetry/siem-cef";
import { type AgentEvent, type EventDescription, type FormatOptions } from "@clawmetry/siem-events";
import { formatJson } from "@clawmetry/siem-json";
import { utf8Length } from "@clawmetry/siem-text";
import { type LineSettings } from "./line-settings.ts";

/** What a line is made from besides the event. */
export interface LineOptions extends Pick<FormatOptions, "nowMs" | "sequence" | "labels" | "hostname"> {
  readonly config: LineSettings;
  readonly description: EventDescription;
  /** Everything before the message: see `formatHeader`. */
  readonly header: string;
  /** Most bytes of the line. */
  readonly maxBytes: number;
}

/** One line as it is sent. */
export interface Line {
  readonly text: string;
  /** False when what must never be cut does not fit. */
  readonly fits: boolean;
}

/** Writes an event as one line: the header, and CEF or JSON. Never throws. */
export function formatLine(event: AgentEvent, options: LineOptions): Line {
  const { config, header, maxBytes } = options;
  const format = config.format === "json" ? formatJson : formatCef;
  const message = format(event, {
    content: config.content,
    jsonData: config.jsonData,
    newlines: config.cefNewlines,
    equals: config.cefEquals,
    hostname: options.hostname,
    nowMs: options.nowMs,
    sequence: options.sequence,
    labels: options.labels,
    description: options.description,
    maxBytes: maxBytes - header.length, // a header is ASCII
  });
  const text = header + message; // both formats are one clean line: there is nothing left to clean
  return { text, fits: text.length * 3 <= maxBytes || utf8Length(text) <= maxBytes };
}
