/** The outside world, as far as the pipeline needs it. Tests put their own in its place. */
export interface Effects {
  /** Milliseconds since 1970. May jump, also backwards. */
  readonly now: () => number;
  /** Milliseconds from any fixed point. Never goes backwards: every wait and every window is measured by it. */
  readonly elapsed: () => number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  /**
   * Calls back once after `delayMs` and gives the function that prevents it. Only with `hold` does the waiting timer
   * keep the process alive.
   */
  readonly setTimer: (callback: () => void, delayMs: number, hold?: boolean) => () => void;
}

// Node takes a longer delay for 1 ms.
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The real clocks, timers and randomness of Node. */
export const systemEffects: Effects = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  random: () => Math.random(),
  setTimer: (callback, delayMs, hold = false) => {
    const timer = setTimeout(callback, Math.min(delayMs, MAX_TIMER_MS));
    if (!hold) timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
