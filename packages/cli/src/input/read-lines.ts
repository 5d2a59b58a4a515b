import { createReadStream } from "node:fs";
import { type Readable } from "node:stream";
import { readCode } from "../read-code.ts";
import { splitLines } from "./split-lines.ts";

/** One line of an input that is not empty, or why there is none: the reason holds nothing of the input. */
export type InputLine =
  | { readonly kind: "line"; readonly file: string; readonly number: number; readonly text: string }
  | { readonly kind: "too_long"; readonly file: string; readonly number: number; readonly reason: string }
  | { readonly kind: "unreadable"; readonly file: string; readonly reason: string };

/** Where lines come from. */
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

/** Reads the lines of every input, one input after the other; empty lines are none. Never throws. */
export async function* readLines(options: ReadOptions): AsyncGenerator<InputLine> {
  for (const file of options.files) {
    if (options.signal.aborted) return;
    yield* readInput(file, options);
  }
}

async function* readInput(file: string, options: ReadOptions): AsyncGenerator<InputLine> {
  const { stdin, signal, maxLineBytes = MAX_LINE_BYTES } = options;
  const source: Readable = file === "-" ? stdin : createReadStream(file);
  const stop = (): void => {
    source.destroy();
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    for await (const { number, text } of splitLines(source as AsyncIterable<Uint8Array>, maxLineBytes)) {
      if (signal.aborted) return;
      if (text === undefined) yield { kind: "too_long", file, number, reason: `longer than ${maxLineBytes} bytes` };
      else if (text.trim() !== "") yield { kind: "line", file, number, text };
    }
  } catch (error) {
    // Ending the reading early destroys the stream, and that is no failure of the input.
    if (!signal.aborted) yield { kind: "unreadable", file, reason: `cannot be read (${readCode(error)})` };
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
