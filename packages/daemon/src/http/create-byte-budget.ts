/** Memory that bodies may take together. */
export interface ByteBudget {
  /** Sets bytes aside and gives the function that frees them, which is safe to call twice. Undefined when there are not enough. */
  readonly reserve: (bytes: number) => (() => void) | undefined;
}

/** A budget of `maxBytes`, all of it free. */
export function createByteBudget(maxBytes: number): ByteBudget {
  let used = 0;
  return {
    reserve: (bytes) => {
      if (used + bytes > maxBytes) return undefined;
      used += bytes;
      let held = bytes;
      return () => {
        used -= held;
        held = 0;
      };
    },
  };
}
