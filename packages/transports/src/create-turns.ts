/**
 * Gives a function that runs tasks one after another in the order of its calls, each when the last one has settled. A
 * task that fails fails for its caller only.
 */
export function createTurns(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const turn = last.then(task, task);
    // The caller has the rejection; this copy of it would be unhandled.
    last = turn.catch(() => undefined);
    return turn;
  };
}
