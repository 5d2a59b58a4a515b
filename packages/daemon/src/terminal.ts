import { type Writable } from "node:stream";

/** A signal that asks a command to end. */
export type StopSignal = "SIGINT" | "SIGTERM";

/** The world around a command. `process` is one. */
export interface Terminal {
  /** Takes data only. */
  readonly stdout: Writable;
  /** Takes messages for people. */
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly once: (signal: StopSignal, listener: () => void) => unknown;
  readonly off: (signal: StopSignal, listener: () => void) => unknown;
}
