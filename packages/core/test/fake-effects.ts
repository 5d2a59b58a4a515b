import { type Effects } from "@clawmetry/siem-core";

/** Clocks, timers and randomness under the control of a test. */
export interface FakeEffects extends Effects {
  /** Delays of the timers that are waiting, those that hold the process apart. */
  readonly timers: () => { readonly loose: readonly number[]; readonly holding: readonly number[] };
  /** Lets `ms` pass: fires what is due in order, and lets promises settle before and after each. */
  readonly advance: (ms: number) => Promise<void>;
  /** Moves only the wall clock. */
  readonly jump: (ms: number) => void;
}

interface Timer {
  readonly callback: () => void;
  readonly dueMs: number;
  readonly hold: boolean;
}

/** Starts at `wallMs`; `random` is asked for every draw. */
export function fakeEffects(random: () => number = () => 0.5, wallMs = 1_700_000_000_000): FakeEffects {
  let elapsedMs = 0;
  let offsetMs = wallMs;
  const timers = new Set<Timer>();
  const delays = (hold: boolean): number[] =>
    [...timers].filter((timer) => timer.hold === hold).map((timer) => timer.dueMs - elapsedMs);
  const nextDue = (untilMs: number): Timer | undefined =>
    [...timers].filter((timer) => timer.dueMs <= untilMs).sort((one, other) => one.dueMs - other.dueMs)[0];

  return {
    now: () => offsetMs + elapsedMs,
    elapsed: () => elapsedMs,
    random,
    setTimer: (callback, delayMs, hold = false) => {
      const timer = { callback, dueMs: elapsedMs + Math.max(0, delayMs), hold };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    timers: () => ({ loose: delays(false), holding: delays(true) }),
    advance: async (ms) => {
      const untilMs = elapsedMs + ms;
      await settled();
      for (let timer = nextDue(untilMs); timer !== undefined; timer = nextDue(untilMs)) {
        timers.delete(timer);
        elapsedMs = Math.max(elapsedMs, timer.dueMs);
        timer.callback();
        await settled();
      }
      elapsedMs = untilMs;
    },
    jump: (ms) => {
      offsetMs += ms;
    },
  };
}

/** Every promise that could settle by now has settled. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
