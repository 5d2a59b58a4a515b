/** A reader under fuzzing: how many inputs, where they come from, and what must hold for each. */
export interface FuzzRun {
  readonly count: number;
  readonly nextInput: () => string;
  /** Whether the reader took the input. Throws when something about it is not as it must be. */
  readonly check: (input: string) => boolean;
}

/** Checks every input and gives the number of those that were taken. Throws at the first fault, with the input that shows it. */
export function countAccepted({ count, nextInput, check }: FuzzRun): number {
  let accepted = 0;
  for (let turn = 0; turn < count; turn++) {
    const input = nextInput();
    try {
      if (check(input)) accepted++;
    } catch (cause) {
      throw new Error(`input ${turn}, ${JSON.stringify(input)}: ${String(cause)}`, { cause });
    }
  }
  return accepted;
}
