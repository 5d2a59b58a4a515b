/** The real receivers. */
export type ReceiverName = "rsyslog" | "syslog-ng";

/** A receiver that runs. */
export interface RunningReceiver {
  /** Ports for messages that end in a line feed. */
  readonly ports: { readonly tcp: number; readonly tls: number };
  readonly caFile: string;
}

/** What a receiver has written since the last `reset`. */
export interface ReceiverCount {
  readonly bytes: number;
  readonly messages: number;
  /** When it wrote the last of it, by `machineTimeMs`. */
  readonly lastMs: number;
}

/** What the process that runs the receivers can be asked for. */
export interface ReceiverCalls {
  readonly [name: string]: (...args: never[]) => unknown;
  readonly start: (name: ReceiverName) => Promise<RunningReceiver>;
  readonly stop: () => Promise<void>;
  readonly reset: () => void;
  /** Size of its file, which costs nothing to ask for. */
  readonly size: () => number;
  readonly count: () => ReceiverCount;
}
