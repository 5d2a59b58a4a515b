import { createLineBuffer } from "./line-buffer.ts";

/** One line of an input: its text without the line end, undefined when it was longer than allowed. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string | undefined;
}

const LF = 0x0a;
const BOM = "\ufeff";

/**
 * Takes bytes apart into lines that end with LF or CR LF. A byte order mark at the start is left out; bytes that are no UTF-8
 * become U+FFFD, so that no event is lost for them. Never holds more than one line of `maxBytes`.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const buffer = createLineBuffer(maxBytes);
  let number = 0;

  function finish(): Line {
    number += 1;
    const bytes = buffer.take();
    if (bytes === undefined) return { number, text: undefined };
    const line = decoder.decode(bytes);
    const text = number === 1 && line.startsWith(BOM) ? line.slice(BOM.length) : line;
    return { number, text: text.endsWith("\r") ? text.slice(0, -1) : text };
  }

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
      buffer.add(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    if (start < chunk.length) buffer.add(chunk.subarray(start));
  }
  if (buffer.begun) yield finish();
}
