import { InvalidArgumentError } from "commander";

/** Reads a number of seconds above 0 and up to a day, such as `2.5`, as milliseconds. Throws `InvalidArgumentError`. */
export function parseSeconds(text: string): number {
  const seconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(seconds > 0 && seconds <= 86_400)) {
    throw new InvalidArgumentError("It must be a number of seconds above 0, at most 86400.");
  }
  return seconds * 1000;
}

/** Reads a whole number from 1 to a thousand million. Throws `InvalidArgumentError`. */
export function parseCount(text: string): number {
  const count = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (!(count >= 1 && count <= 1_000_000_000)) {
    throw new InvalidArgumentError("It must be a whole number from 1 to 1000000000.");
  }
  return count;
}
