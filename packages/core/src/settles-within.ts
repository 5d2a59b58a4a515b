import { type Effects } from "./effects.ts";

/** Whether `promise` settles before `delayMs` have passed, resolved or rejected. Keeps the process alive until then. */
export async function settlesWithin(promise: Promise<unknown>, delayMs: number, effects: Effects): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = effects.setTimer(
      () => {
        resolve(false);
      },
      delayMs,
      true,
    );
    const settled = (): void => {
      cancel();
      resolve(true);
    };
    promise.then(settled, settled);
  });
}
