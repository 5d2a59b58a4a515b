/** What a process can be asked for: functions whose arguments and results are JSON. */
export type Calls = Readonly<Record<string, (...args: never[]) => unknown>>;

/** One call, as the process that asks writes it. */
export interface CallRequest {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** What came of it: `value`, or `error` when it threw. */
export interface CallAnswer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Answers the calls of the process that started this one, and ends with it. */
export function answerCalls(calls: Calls): void {
  process.on("disconnect", () => {
    process.exit();
  });
  process.on("message", (request: CallRequest) => {
    void answer(calls, request).then((reply) => process.send?.(reply));
  });
}

async function answer(calls: Calls, { id, name, args }: CallRequest): Promise<CallAnswer> {
  try {
    const call = calls[name] as ((...args: readonly unknown[]) => unknown) | undefined;
    if (call === undefined) throw new Error(`no call is named ${name}`);
    return { id, value: await call(...args) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
