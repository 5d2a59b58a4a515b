import { OptionError } from "./errors.ts";

/** Gives back an integer of at least `min`, or throws an `OptionError`. */
export function checkInteger(option: string, value: number, min: number): number {
  if (!(Number.isSafeInteger(value) && value >= min)) {
    throw new OptionError(option, `an integer of at least ${min}`, value);
  }
  return value;
}

/** Gives back a finite number of at least `min`, or throws an `OptionError`. */
export function checkDuration(option: string, value: number, min: number): number {
  if (!(Number.isFinite(value) && value >= min)) throw new OptionError(option, `a number of at least ${min}`, value);
  return value;
}
