import { type Readable, type Writable } from "node:stream";

/** A stream that may be a terminal. */
export interface Output extends Writable {
  readonly isTTY?: boolean;
}

/** Input that may be a terminal. */
export interface Input extends Readable {
  readonly isTTY?: boolean;
}

/** A signal that asks a command to end. */
export type StopSignal = "SIGINT" | "SIGTERM";

/** The world around a command. `process` is one. */
export interface Terminal {
  readonly stdin: Input;
  /** Takes data only. */
  readonly stdout: Output;
  /** Takes messages for people. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly on: (signal: StopSignal, listener: () => void) => unknown;
  readonly off: (signal: StopSignal, listener: () => void) => unknown;
}
