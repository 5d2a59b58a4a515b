import { createAttempt } from "./attempt.ts";
import { createBackoff } from "./backoff.ts";
import { createErrorLog, type ErrorLog } from "./error-log.ts";
import { type ResolvedOptions } from "./exporter-options.ts";
import { type Failure } from "./failure.ts";
import { type ErrorReport } from "./stats.ts";
import { type Transport, type TransportState } from "./transport.ts";

/** One destination, and what became of the attempts to reach it. */
export interface Target {
  readonly name: string;
  readonly transport: Transport;
  readonly errors: ErrorLog;
  /** What was handed over to it. Only the sender writes these. */
  readonly counts: { sent: number; replayed: number };
  /** Attempts made after a failed one, whichever destination that was. */
  readonly retried: number;
  readonly state: TransportState | "backing-off";
  /** When the next attempt may begin, by `effects.elapsed`. */
  readonly nextAttemptMs: number;
  /** One attempt to send, connecting included. Never rejects. */
  readonly send: (messages: readonly string[], again: boolean) => Promise<Failure | undefined>;
  /** One attempt to connect. Never rejects. */
  readonly probe: () => Promise<Failure | undefined>;
  /** An attempt failed or a connection broke. Gives whether it may be tried again before any other destination. */
  readonly fail: (failure: Fault) => boolean;
  /** A connection broke. Undefined when the last failure has told that already, else as `fail`. */
  readonly broke: (failure: Fault) => boolean | undefined;
  /** Something is wrong with a message, and nothing with the destination. */
  readonly complain: (failure: Failure) => void;
  readonly succeed: () => void;
  /** The next attempt may begin at once. */
  readonly hurry: () => void;
  /** Ends the running attempts. */
  readonly abort: () => void;
}

/** What is wrong with a destination. */
export type Fault = Pick<Failure, "code" | "message" | "silentMs">;

/** What a destination is made of. */
export interface TargetParts {
  readonly name: string;
  readonly transport: Transport;
  /** Told when a connection is asked for, and when there is one or none. */
  readonly onChange: () => void;
  readonly onError: (report: ErrorReport) => void;
}

/** A destination that was not tried yet. */
export function createTarget<E>(options: ResolvedOptions<E>, parts: TargetParts): Target {
  const { effects, attemptTimeoutMs } = options;
  const { name, transport, onChange } = parts;
  const errors = createErrorLog(effects.now, parts.onError);
  const backoff = createBackoff(options.retry, effects);
  const sending = createAttempt(attemptTimeoutMs, effects);
  const probing = createAttempt(attemptTimeoutMs, effects);
  const counts = { sent: 0, replayed: 0 };
  let nextAttemptMs = -Infinity;
  let connecting = 0;
  let retried = 0;
  // Whether the last attempt failed. The end of an idle connection is no failed attempt.
  let failing = false;
  // Whether the failure of the present connection was told.
  let noted = false;

  async function connect(signal: AbortSignal): Promise<void> {
    if (transport.connect === undefined || transport.state === "connected") return;
    connecting += 1;
    onChange();
    try {
      await transport.connect(signal);
    } finally {
      connecting -= 1;
    }
    failing = false;
    onChange();
  }
  function stateOf(): Target["state"] {
    const { state } = transport;
    if (state === "connected" || state === "closed") return state;
    if (connecting > 0) return "connecting";
    return failing ? "backing-off" : state;
  }
  async function attempted(failure: Promise<Failure | undefined>): Promise<Failure | undefined> {
    failing = (await failure) !== undefined;
    return failure;
  }
  function fail(fault: Fault): boolean {
    const { code, message } = fault;
    errors.add(code, message);
    noted = true;
    nextAttemptMs = backoff.failed(fault);
    return code === "io" && backoff.failures === 1; // a connection that worked until now
  }

  return {
    name,
    transport,
    errors,
    counts,
    get retried() {
      return retried;
    },
    get state() {
      return stateOf();
    },
    get nextAttemptMs() {
      return nextAttemptMs;
    },
    send: async (messages, again) => {
      if (again) retried += 1;
      noted = false;
      const attempt = sending.run(async (signal) => {
        await connect(signal);
        await transport.send(messages, signal);
      }, messages.length);
      return attempted(attempt);
    },
    probe: () => {
      noted = false;
      return attempted(probing.run(connect, 0));
    },
    fail,
    broke: (fault) => (noted ? undefined : fail(fault)),
    complain: ({ code, message }) => {
      errors.add(code, message);
    },
    succeed: backoff.succeeded,
    hurry: () => {
      probing.abort();
      backoff.reset();
      nextAttemptMs = -Infinity;
    },
    abort: () => {
      sending.abort();
      probing.abort();
    },
  };
}
