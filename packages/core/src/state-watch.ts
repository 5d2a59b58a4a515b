import { type ExporterState, type StateChange } from "./stats.ts";

/** Tells those who want to know of every change of the state or the destination. */
export interface StateWatch {
  /** Something may have changed. */
  readonly check: () => void;
  /** Gives the function that ends it. What a listener throws is lost: delivery must not depend on it. */
  readonly add: (listener: (change: StateChange) => void) => () => void;
}

/** Starts from what `read` gives at the first check. */
export function createStateWatch(
  read: () => { readonly state: ExporterState; readonly target: string },
  publish: (change: StateChange) => void,
): StateWatch {
  const listeners = new Set<(change: StateChange) => void>();
  let last: { readonly state: ExporterState; readonly target: string } | undefined;

  function tell(change: StateChange): void {
    publish(change);
    for (const listener of listeners) {
      try {
        listener(change);
      } catch {
        // Its own fault, and its own to report: we are in the middle of a send.
      }
    }
  }

  return {
    check: () => {
      const { state, target } = read();
      const previous = last?.state ?? "idle";
      const changed = state !== previous || target !== (last?.target ?? target);
      last = { state, target };
      if (changed) tell({ state, previous, target });
    },
    add: (listener) => {
      const own = (change: StateChange): void => {
        listener(change);
      };
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
