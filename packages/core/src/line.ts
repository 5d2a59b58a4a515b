import { createAttempt } from "./attempt.ts";
import { createBackoff } from "./backoff.ts";
import { type ErrorLog } from "./error-log.ts";
import { type TransportErrorCode } from "./errors.ts";
import { type ResolvedOptions } from "./exporter-options.ts";
import { type Failure } from "./failure.ts";
import { createPause } from "./pause.ts";

/** What became of the messages of one send. Those that are neither are to be sent again. */
export interface Outcome {
  /** From the start of the batch. */
  readonly delivered: number;
  /** The next ones after those delivered, given up. */
  readonly rejected: number;
}

/** The transport, with its failures understood: how long to wait, what to give up, what to tell. */
export interface Line {
  /** The last send succeeded, and the connection has not broken since. */
  readonly well: boolean;
  /** Attempts made after a failed one. */
  readonly retried: number;
  readonly resting: boolean;
  /** Waits until the next attempt may begin. Gives whether there was anything to wait for. */
  readonly rest: () => Promise<boolean>;
  /** One attempt. Never rejects. */
  readonly send: (messages: readonly string[]) => Promise<Outcome>;
  /** A connection broke, which the last send may have told already. */
  readonly broke: (failure: Failure) => void;
  readonly fail: (code: TransportErrorCode, message: string) => void;
  /** The next attempt may begin at once, and failures count from there. */
  readonly hurry: () => void;
  /** Ends the running attempt or wait. Its failure is none of the transport's. */
  readonly abort: () => void;
}

/** A line that has not been used. */
export function createLine<E>(options: ResolvedOptions<E>, errors: ErrorLog): Line {
  const { effects, retry } = options;
  const attempt = createAttempt(options.transport, options.attemptTimeoutMs, effects);
  const backoff = createBackoff(retry, effects);
  const pause = createPause(effects);
  let nextAttemptMs = -Infinity;
  let well = false;
  let failuresInARow = 0;
  // Whether the failure of the present connection was told.
  let noted = false;
  let aborted = false;
  let retried = 0;

  function fail(code: TransportErrorCode, message: string): void {
    errors.add(code, message);
    well = false;
    noted = true;
    nextAttemptMs = backoff.failed();
  }
  function succeed(): void {
    well = true;
    failuresInARow = 0;
    backoff.succeeded();
  }
  function countRejected(failure: Failure, left: number): number {
    if (aborted) return 0;
    // A transport that someone else has closed fails every message alike: none of them is at fault.
    if (!failure.retryable && failure.code !== "closed") {
      errors.add(failure.code, failure.message);
      return Math.min(1, left);
    }
    fail(failure.code, failure.message);
    failuresInARow = failure.delivered > 0 ? 1 : failuresInARow + 1;
    if (failuresInARow < retry.maxAttempts) return 0;
    failuresInARow = 0;
    return left;
  }

  return {
    get well() {
      return well;
    },
    get retried() {
      return retried;
    },
    get resting() {
      return pause.active;
    },
    rest: async () => {
      const delayMs = nextAttemptMs - effects.elapsed();
      if (delayMs <= 0) return false;
      await pause.wait(delayMs);
      return true;
    },
    send: async (messages) => {
      if (failuresInARow > 0) retried += 1;
      noted = false;
      const failure = await attempt.run(messages);
      if (failure === undefined) {
        succeed();
        return { delivered: messages.length, rejected: 0 };
      }
      const { delivered } = failure;
      return { delivered, rejected: countRejected(failure, messages.length - delivered) };
    },
    broke: ({ code, message }) => {
      if (!noted) fail(code, message);
    },
    fail,
    hurry: () => {
      backoff.reset();
      nextAttemptMs = -Infinity;
      pause.end();
    },
    abort: () => {
      aborted = true;
      attempt.abort();
      pause.end();
    },
  };
}
