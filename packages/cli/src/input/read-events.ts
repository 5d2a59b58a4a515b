import { createReadStream } from "node:fs";
import { type Readable } from "node:stream";
import { type AgentEvent } from "@clawmetry/siem-events";
import { readCode } from "../read-code.ts";
import { splitLines } from "./split-lines.ts";

/** An event, or why there is none: the reason holds nothing of the input. `place` is `FILE:LINE`, or the file alone. */
export type InputItem =
  | { readonly kind: "event"; readonly place: string; readonly event: AgentEvent }
  | { readonly kind: "bad_line" | "unreadable"; readonly place: string; readonly reason: string };

/** Where events come from. */
export interface ReadOptions {
  /** Paths; `-` is standard input. */
  readonly files: readonly string[];
  readonly stdin: Readable;
  /** Ends the reading, also of an input that is silent. */
  readonly signal: AbortSignal;
  /** Bytes of a line at most. Default 67 108 864 (64 MiB). */
  readonly maxLineBytes?: number;
}

const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** Reads newline-delimited JSON, one object a line; empty lines are none. Gives every input line by line and never throws. */
export async function* readEvents(options: ReadOptions): AsyncGenerator<InputItem> {
  for (const file of options.files) {
    if (options.signal.aborted) return;
    yield* readInput(file, options);
  }
}

async function* readInput(file: string, options: ReadOptions): AsyncGenerator<InputItem> {
  const { stdin, signal, maxLineBytes = MAX_LINE_BYTES } = options;
  const source: Readable = file === "-" ? stdin : createReadStream(file);
  const stop = (): void => {
    source.destroy();
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    for await (const { number, text } of splitLines(source as AsyncIterable<Uint8Array>, maxLineBytes)) {
      if (signal.aborted) return;
      if (text !== undefined && text.trim() === "") continue;
      const event = text === undefined ? `longer than ${maxLineBytes} bytes` : parseEvent(text);
      const place = `${file}:${number}`;
      yield typeof event === "string" ? { kind: "bad_line", place, reason: event } : { kind: "event", place, event };
    }
  } catch (error) {
    // Ending the reading early destroys the stream, and that is no failure of the input.
    if (!signal.aborted) yield { kind: "unreadable", place: file, reason: `cannot be read (${readCode(error)})` };
  } finally {
    signal.removeEventListener("abort", stop);
  }
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
