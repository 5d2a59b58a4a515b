import { OptionError } from "@clawmetry/siem-core";

const LONGEST_TIMER_MS = 2 ** 31 - 1; // setTimeout takes anything longer as 1 ms

/** Gives `value` back when a timer can wait that long: a number above 0 and up to 2^31 - 1. Throws `OptionError`. */
export function requireMilliseconds(option: string, value: number): number {
  if (!(value > 0 && value <= LONGEST_TIMER_MS)) {
    throw new OptionError(option, `a number of milliseconds above 0 and up to ${LONGEST_TIMER_MS}`, value);
  }
  return value;
}
