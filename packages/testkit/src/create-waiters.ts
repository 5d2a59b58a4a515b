/** Lets tests wait for a state instead of sleeping. */
export interface Waiters {
  /** Resolves as soon as `condition` holds: now, or after one of the next changes. Rejects when `abandon` comes first. */
  readonly waitFor: (condition: () => boolean) => Promise<void>;
  /** Something changed: looks again at every condition. */
  readonly changed: () => void;
  /** Nothing will change any more. */
  readonly abandon: () => void;
}

interface Waiter {
  readonly condition: () => boolean;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Starts with nobody waiting. */
export function createWaiters(): Waiters {
  const waiting = new Set<Waiter>();
  return {
    waitFor: (condition) =>
      new Promise((resolve, reject) => {
        if (condition()) resolve();
        else waiting.add({ condition, resolve, reject });
      }),
    changed: () => {
      for (const waiter of waiting) {
        if (!waiter.condition()) continue;
        waiting.delete(waiter);
        waiter.resolve();
      }
    },
    abandon: () => {
      for (const { reject } of waiting) reject(new Error("the capture was closed before the awaited state came"));
      waiting.clear();
    },
  };
}
