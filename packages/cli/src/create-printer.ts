import { once } from "node:events";
import { readCode } from "./read-code.ts";
import { type Terminal } from "./terminal.ts";

/** Standard output, line by line. */
export interface Printer {
  /** Resolves when there is room for more, or nobody reads any more. */
  readonly print: (line: string) => Promise<void>;
  /** What waits for a slow reader, in the units of the stream. */
  readonly waiting: number;
  /** Aborted when the reader is gone, as `head` is after its last line. */
  readonly closed: AbortSignal;
  /** Why printing failed, unless the reader just went. */
  readonly failure: string | undefined;
}

/** Prints to `stdout`, whose errors become `closed` from then on. */
export function createPrinter({ stdout }: Pick<Terminal, "stdout">): Printer {
  const gone = new AbortController();
  let failure: string | undefined;
  let drained: Promise<void> | undefined;
  stdout.on("error", (error: unknown) => {
    const code = readCode(error);
    if (code !== "EPIPE" && code !== "ERR_STREAM_DESTROYED") failure ??= code;
    gone.abort();
  });

  async function awaitRoom(): Promise<void> {
    // Rejects when the reader goes while we wait for it: `closed` tells that.
    await once(stdout, "drain", { signal: gone.signal }).catch(() => undefined);
    drained = undefined;
  }

  return {
    print: async (line) => {
      if (gone.signal.aborted || stdout.write(`${line}\n`)) return;
      await (drained ??= awaitRoom());
    },
    get waiting() {
      return stdout.writableLength;
    },
    closed: gone.signal,
    get failure() {
      return failure;
    },
  };
}
