import { type AgentEvent } from "@clawmetry/siem-events";
import { type InputLine, readLines, type ReadOptions } from "./read-lines.ts";

/** An event, or why there is none: the reason holds nothing of the input. `place` is `FILE:LINE`, or the file alone. */
export type InputItem =
  | { readonly kind: "event"; readonly place: string; readonly event: AgentEvent }
  | { readonly kind: "bad_line" | "unreadable"; readonly place: string; readonly reason: string };

/** Reads newline-delimited JSON, one object a line; empty lines are none. Gives every input line by line and never throws. */
export async function* readEvents(options: ReadOptions): AsyncGenerator<InputItem> {
  for await (const line of readLines(options)) yield readItem(line);
}

function readItem(line: InputLine): InputItem {
  if (line.kind === "unreadable") return { kind: "unreadable", place: line.file, reason: line.reason };
  const place = `${line.file}:${line.number}`;
  if (line.kind === "too_long") return { kind: "bad_line", place, reason: line.reason };
  const event = parseEvent(line.text);
  return typeof event === "string" ? { kind: "bad_line", place, reason: event } : { kind: "event", place, event };
}

function parseEvent(text: string): AgentEvent | string {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : "not a JSON object";
  } catch {
    return "not JSON"; // the message of the parser repeats a piece of the line
  }
}

// Every field of an event may be missing or of any type, so any object is one.
function isObject(value: unknown): value is AgentEvent {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
