/** The end of a command that would run for ever. */
export interface Ending {
  readonly promise: Promise<void>;
  readonly reached: boolean;
  readonly reach: () => void;
  /** Something happened: the idle time begins anew. */
  readonly touch: () => void;
}

/** Comes when `reach` is called, when `signal` aborts, or when nothing happened for `idleMs` (default: never). */
export function createEnding(signal: AbortSignal, idleMs?: number): Ending {
  const controller = new AbortController();
  const reach = (): void => {
    clearTimeout(timer);
    controller.abort();
  };
  const timer = idleMs === undefined ? undefined : setTimeout(reach, idleMs);
  const promise = new Promise<void>((resolve) => {
    controller.signal.addEventListener("abort", () => {
      resolve();
    });
  });
  if (signal.aborted) reach();
  else signal.addEventListener("abort", reach, { once: true });
  return {
    promise,
    get reached() {
      return controller.signal.aborted;
    },
    reach,
    touch: () => {
      if (!controller.signal.aborted) timer?.refresh();
    },
  };
}
