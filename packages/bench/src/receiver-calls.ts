/** The real receivers. */
export type ReceiverName = "rsyslog" | "syslog-ng";

/** Where rsyslog keeps what it has read and not written: `direct`, nowhere. */
export type ReceiverQueue = "memory" | "direct";

/** A receiver that runs. */
export interface RunningReceiver {
  /** Ports for messages that end in a line feed, and for RELP where the receiver has it. */
  readonly ports: { readonly tcp: number; readonly tls: number; readonly relp?: number };
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
  /** `queue`: of rsyslog, default `memory`. */
  readonly start: (name: ReceiverName, queue?: ReceiverQueue) => Promise<RunningReceiver>;
  readonly stop: () => Promise<void>;
  readonly reset: () => void;
  /** Size of its file, which costs nothing to ask for. */
  readonly size: () => number;
  readonly count: () => ReceiverCount;
}
