import { expect, test } from "vitest";
import { systemEffects } from "./effects.ts";

const holdingTimers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

test("a timer keeps the process alive only when it is told to", () => {
  const before = holdingTimers();
  const cancelLoose = systemEffects.setTimer(() => undefined, 60_000);
  expect(holdingTimers() - before).toBe(0);
  const cancelHolding = systemEffects.setTimer(() => undefined, 60_000, true);
  expect(holdingTimers() - before).toBe(1);
  cancelLoose();
  cancelHolding();
  expect(holdingTimers() - before).toBe(0);
});

test("a timer calls back, and an endless one does not do so at once", async () => {
  const fired: string[] = [];
  const cancel = systemEffects.setTimer(() => fired.push("endless"), Infinity, true);
  await new Promise<void>((resolve) => {
    systemEffects.setTimer(resolve, 5, true);
  });
  cancel();
  expect(fired).toEqual([]);
});
