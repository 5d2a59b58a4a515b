import { type Transport, type TransportError } from "@clawmetry/siem-core";

/** Those who want to know of every break of a connection. */
export interface BreakListeners {
  readonly add: Transport["onBreak"];
  readonly tell: (error: TransportError) => void;
}

/** Starts with no listener. `tell` calls each one at once, in the order in which they were added, and never throws. */
export function createBreakListeners(): BreakListeners {
  const listeners: ((error: TransportError) => void)[] = [];
  return {
    add: (listener) => {
      listeners.push(listener);
    },
    tell: (error) => {
      for (const listener of listeners) {
        try {
          listener(error);
        } catch {
          // We are inside an event of a socket: what a listener throws would end the process.
        }
      }
    },
  };
}
