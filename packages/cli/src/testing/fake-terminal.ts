import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import { type StopSignal, type Terminal } from "../terminal.ts";

/** A terminal in memory. */
export interface FakeTerminal extends Terminal {
  /** What was written so far. */
  readonly out: () => string;
  readonly err: () => string;
  /** Resolves once standard error holds the text. */
  readonly errSays: (text: string) => Promise<void>;
  /** Resolves once standard output holds so many lines. */
  readonly outHasLines: (count: number) => Promise<void>;
  readonly press: (signal: StopSignal) => void;
}

/** What is special about a fake terminal. */
export interface FakeTerminalOptions {
  /** Default: nothing. */
  readonly input?: string | Uint8Array | Readable;
  /** Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether standard error is a terminal. Default false. */
  readonly isTTY?: boolean;
}

/** Makes a terminal that remembers what is written to it. */
export function createFakeTerminal({ input = "", env = {}, isTTY = false }: FakeTerminalOptions = {}): FakeTerminal {
  const signals = new EventEmitter();
  const out = createRecorder();
  const err = createRecorder();
  return {
    stdin: input instanceof Readable ? input : Readable.from([Buffer.from(input)]),
    stdout: out.stream,
    stderr: Object.assign(err.stream, { isTTY }),
    env,
    on: (signal, listener) => signals.on(signal, listener),
    off: (signal, listener) => signals.off(signal, listener),
    out: out.text,
    err: err.text,
    errSays: (text) => err.until((written) => written.includes(text)),
    outHasLines: (count) => out.until((written) => written.split("\n").length > count),
    press: (signal) => signals.emit(signal),
  };
}

interface Recorder {
  readonly stream: Writable;
  readonly text: () => string;
  readonly until: (condition: (written: string) => boolean) => Promise<void>;
}

function createRecorder(): Recorder {
  let written = "";
  const changed = new EventEmitter();
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written += chunk.toString();
      changed.emit("change");
      done();
    },
  });
  const until = (condition: (written: string) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!condition(written)) return;
        changed.off("change", look);
        resolve();
      };
      changed.on("change", look);
      look();
    });
  return { stream, text: () => written, until };
}
