/** Waits for `promise`, but no longer than the signal lets it. Rejects with what `failure` makes when the signal aborts. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal, failure: () => Error): Promise<T> {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => {
      reject(failure());
    };
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
