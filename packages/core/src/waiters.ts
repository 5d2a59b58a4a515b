/** Promises that wait for a condition. */
export interface Waiters {
  /** Gives true once `condition` holds, at once when it does, or false when it was given up. */
  readonly wait: (condition: () => boolean) => { readonly promise: Promise<boolean>; readonly giveUp: () => void };
  /** Something has changed: settles those whose condition holds now. */
  readonly check: () => void;
  /** Nothing will change any more: settles all others with false. */
  readonly giveUpAll: () => void;
}

/** An empty set of waiters. */
export function createWaiters(): Waiters {
  const waiting = new Set<{ readonly condition: () => boolean; readonly settle: (held: boolean) => void }>();
  return {
    wait: (condition) => {
      if (condition()) return { promise: Promise.resolve(true), giveUp: () => undefined };
      const { promise, resolve } = withResolvers<boolean>();
      const waiter = {
        condition,
        settle: (held: boolean) => {
          waiting.delete(waiter);
          resolve(held);
        },
      };
      waiting.add(waiter);
      return {
        promise,
        giveUp: () => {
          waiter.settle(false);
        },
      };
    },
    check: () => {
      if (waiting.size === 0) return; // after every event, and nearly always
      for (const waiter of waiting) if (waiter.condition()) waiter.settle(true);
    },
    giveUpAll: () => {
      for (const waiter of waiting) waiter.settle(false);
    },
  };
}

// Promise.withResolvers comes with Node 22.
function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
