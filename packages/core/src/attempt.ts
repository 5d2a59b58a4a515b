import { type Effects } from "./effects.ts";
import { type Failure, readFailure } from "./failure.ts";

/** Runs one call of a transport at a time. */
export interface Attempt {
  /** Never rejects: gives undefined when the call resolved. `count` is the number of messages it is about. */
  readonly run: (call: (signal: AbortSignal) => Promise<void>, count: number) => Promise<Failure | undefined>;
  /** Ends the running call, when there is one. */
  readonly abort: () => void;
}

/** Gives every call `timeoutMs`, by one timer that is cleared when the call ends. */
export function createAttempt(timeoutMs: number, effects: Effects): Attempt {
  let current: AbortController | undefined;
  return {
    run: async (call, count) => {
      const controller = new AbortController();
      current = controller;
      const cancel = effects.setTimer(() => {
        controller.abort();
      }, timeoutMs);
      try {
        await call(controller.signal);
        return undefined;
      } catch (error) {
        return readFailure(error, count);
      } finally {
        cancel();
        current = undefined;
      }
    },
    abort: () => current?.abort(),
  };
}
