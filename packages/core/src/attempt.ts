import { type Effects } from "./effects.ts";
import { type Failure, readFailure } from "./failure.ts";
import { type Transport } from "./transport.ts";

/** Runs one send at a time. */
export interface Attempt {
  /** Never rejects: gives undefined when every message was handed over. */
  readonly run: (messages: readonly string[]) => Promise<Failure | undefined>;
  /** Ends the running send, when there is one. */
  readonly abort: () => void;
}

/** Gives every send `timeoutMs`, by one timer that is cleared when the send ends. */
export function createAttempt(transport: Transport, timeoutMs: number, effects: Effects): Attempt {
  let current: AbortController | undefined;
  return {
    run: async (messages) => {
      const controller = new AbortController();
      current = controller;
      const cancel = effects.setTimer(() => {
        controller.abort();
      }, timeoutMs);
      try {
        await transport.send(messages, controller.signal);
        return undefined;
      } catch (error) {
        return readFailure(error, messages.length);
      } finally {
        cancel();
        current = undefined;
      }
    },
    abort: () => current?.abort(),
  };
}
