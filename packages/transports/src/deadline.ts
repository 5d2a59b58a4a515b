/** A time limit that is running. */
export interface Deadline {
  /** Starts the limit anew, because there was progress. */
  readonly refresh: () => void;
  /** Ends it. Safe to call twice. */
  readonly clear: () => void;
}

/**
 * Calls `expire` once: when `signal` aborts, at once when it has, or when `limitMs` milliseconds pass without `refresh`.
 * Keeps no process alive.
 */
export function startDeadline(
  limitMs: number,
  signal: AbortSignal,
  expire: (reason: "aborted" | "limit") => void,
): Deadline {
  const timer = setTimeout(() => {
    clear();
    expire("limit");
  }, limitMs).unref();
  const abort = (): void => {
    clear();
    expire("aborted");
  };
  function clear(): void {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort);
  return {
    refresh: () => {
      timer.refresh();
    },
    clear,
  };
}
