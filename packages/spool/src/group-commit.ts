/** Makes what was written durable, for all who wait at once. */
export interface GroupCommit {
  /** Resolves when everything up to this call is durable. Rejects with what `commit` rejects with. */
  readonly request: () => Promise<void>;
  /** Resolves when none is under way. Never rejects. */
  readonly idle: () => Promise<void>;
}

/** One commit at a time; those who ask while one is under way share the next. */
export function createGroupCommit(commit: () => Promise<void>): GroupCommit {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function start(): Promise<void> {
    await running?.catch(() => undefined); // told to those who asked for it
    await Promise.resolve(); // collects what the current task offers
    running = next;
    next = undefined;
    await commit();
  }
  return {
    request: () => {
      if (next === undefined) {
        next = start();
        const mine = next;
        const clear = (): void => {
          if (running === mine) running = undefined;
        };
        next.then(clear, clear);
      }
      return next;
    },
    idle: async () => {
      while (running !== undefined || next !== undefined) await (next ?? running)?.catch(() => undefined);
    },
  };
}
