import { type LineSequence } from "./line-record.ts";

/** The number of a message, if it and the boot id can be. */
export function lineSequence(boot: unknown, number: unknown): LineSequence | undefined {
  if (typeof boot !== "string" || !/^[0-9a-f]{8}$/.test(boot)) return undefined;
  return typeof number === "number" && Number.isSafeInteger(number) && number > 0 ? { boot, number } : undefined;
}
