import { EventEmitter } from "node:events";
import { Writable } from "node:stream";
import { type StopSignal, type Terminal } from "@clawmetry/daemon";
import { TOKEN } from "./start-test-daemon.ts";

/** A terminal in memory. */
export interface FakeTerminal extends Terminal {
  /** What was written so far. */
  readonly out: () => string;
  readonly err: () => string;
  /** Resolves with the first group of the pattern once standard error matches it. */
  readonly errMatches: (pattern: RegExp) => Promise<string>;
  readonly press: (signal: StopSignal) => void;
}

/** Makes a terminal that remembers what is written to it. Its environment holds the token. */
export function createFakeTerminal(env: Readonly<Record<string, string>> = {}): FakeTerminal {
  const signals = new EventEmitter();
  const written = { out: "", err: "" };
  const changed = new EventEmitter();
  const record = (stream: "out" | "err"): Writable =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        written[stream] += chunk.toString();
        changed.emit(stream);
        done();
      },
    });
  return {
    stdout: record("out"),
    stderr: record("err"),
    env: { CLAWMETRY_DAEMON_TOKEN: TOKEN, ...env },
    once: (signal, listener) => signals.once(signal, listener),
    off: (signal, listener) => signals.off(signal, listener),
    out: () => written.out,
    err: () => written.err,
    errMatches: (pattern) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = pattern.exec(written.err)?.[1];
          if (found === undefined) return;
          changed.off("err", look);
          resolve(found);
        };
        changed.on("err", look);
        look();
      }),
    press: (signal) => signals.emit(signal),
  };
}
