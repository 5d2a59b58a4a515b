import { type Target } from "./target.ts";

/** What the peers of all destinations have acknowledged, as far as their transports can tell. */
export interface Acknowledgement {
  /** How long ago the oldest bytes may have been handed over that one of the peers has not acknowledged yet, or 0. */
  readonly missingMs: number;
  /** Resolves when every peer has acknowledged everything, or at `abort`. */
  readonly complete: () => Promise<void>;
  /** Brings `missingMs` up to date. */
  readonly look: () => Promise<void>;
  /** Ends every wait. */
  readonly abort: () => void;
}

/** Asks all of them: one that events went to before may still hold some. */
export function createAcknowledgement(targets: readonly Target[]): Acknowledgement {
  const end = new AbortController();

  async function ask(signal: AbortSignal): Promise<void> {
    await Promise.all(targets.map(async ({ transport }) => transport.acknowledged?.(signal)));
  }
  return {
    get missingMs() {
      return Math.max(...targets.map(({ transport }) => transport.unacknowledgedMs ?? 0));
    },
    complete: () => ask(end.signal),
    look: () => ask(AbortSignal.abort()),
    abort: () => {
      end.abort();
    },
  };
}
