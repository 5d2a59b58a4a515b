import { type Effects } from "./effects.ts";

/** Calls `action` every `intervalMs`, for the first time after `intervalMs`. Gives the function that ends it. */
export function every(intervalMs: number, effects: Effects, action: () => void): () => void {
  let cancel = effects.setTimer(tick, intervalMs);
  function tick(): void {
    cancel = effects.setTimer(tick, intervalMs);
    action();
  }
  return () => {
    cancel();
  };
}
