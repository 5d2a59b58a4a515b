import { type Effects } from "./effects.ts";

/** One wait at a time, which can be cut short. Keeps no process alive. */
export interface Pause {
  readonly active: boolean;
  readonly wait: (delayMs: number) => Promise<void>;
  /** Ends the present wait, when there is one. */
  readonly end: () => void;
}

/** A pause that is not active. */
export function createPause(effects: Effects): Pause {
  let endPresent: (() => void) | undefined;
  return {
    get active() {
      return endPresent !== undefined;
    },
    wait: (delayMs) =>
      new Promise((resolve) => {
        const end = (): void => {
          cancel();
          endPresent = undefined;
          resolve();
        };
        const cancel = effects.setTimer(end, delayMs);
        endPresent = end;
      }),
    end: () => endPresent?.(),
  };
}
