import { type Effects } from "./effects.ts";
import { type Target } from "./target.ts";

/** Finds out when a destination that comes before the present one is back. */
export interface ReturnProbe {
  /** Looks for those before `present` from now on, as often as their backoff lets it. Without `present`, not any more. */
  readonly watch: (present: Target | undefined) => void;
}

/** What the probe works with. */
export interface ReturnProbeParts {
  /** In the order of preference. */
  readonly targets: readonly Target[];
  readonly effects: Effects;
  /** The attempt to reach a destination failed. */
  readonly onFailure: (target: Target, failure: NonNullable<Awaited<ReturnType<Target["probe"]>>>) => void;
  /** A destination before the present one is connected. */
  readonly onReturn: (target: Target) => void;
}

/** One attempt at a time, beside the sends, which go on to the present destination. Keeps no process alive. */
export function createReturnProbe({ targets, effects, onFailure, onReturn }: ReturnProbeParts): ReturnProbe {
  let present: Target | undefined;
  let cancel: (() => void) | undefined;
  let probing = false;

  const preferred = (): readonly Target[] => (present === undefined ? [] : targets.slice(0, targets.indexOf(present)));

  function schedule(): void {
    cancel?.();
    cancel = undefined;
    const dueMs = Math.min(...preferred().map(({ nextAttemptMs }) => nextAttemptMs));
    if (probing || dueMs === Infinity) return;
    cancel = effects.setTimer(() => void probe(), Math.max(0, dueMs - effects.elapsed()));
  }

  async function probe(): Promise<void> {
    cancel = undefined;
    const target = preferred().find(({ nextAttemptMs }) => nextAttemptMs <= effects.elapsed());
    if (target !== undefined) {
      probing = true;
      const failure = await target.probe();
      probing = false;
      if (failure !== undefined) onFailure(target, failure);
      else if (preferred().includes(target)) onReturn(target);
    }
    schedule();
  }

  return {
    watch: (target) => {
      if (target === present) return;
      present = target;
      schedule();
    },
  };
}
