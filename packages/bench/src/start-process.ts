import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type CallAnswer, type Calls } from "./answer-calls.ts";

/** A process that answers calls. */
export interface CalledProcess<Answers extends Calls> {
  readonly pid: number;
  /** Rejects with what the call threw, or when the process ends before it answers. */
  readonly call: <Name extends keyof Answers & string>(
    name: Name,
    ...args: Parameters<Answers[Name]>
  ) => Promise<Awaited<ReturnType<Answers[Name]>>>;
  /** Ends the process. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

/** How a process is started. */
export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of Node.js. */
  readonly flags?: readonly string[];
}

/** Starts a script, its path relative to this one, in a process of its own. */
export function startProcess<Answers extends Calls>(
  name: string,
  options: ProcessOptions = {},
): CalledProcess<Answers> {
  const child = fork(fileURLToPath(new URL(name, import.meta.url)), {
    env: { ...process.env, ...options.env },
    execArgv: [...(options.flags ?? [])],
  });
  const waiting = new Map<number, (answer: CallAnswer) => void>();
  let lastId = 0;
  let ended = false;
  child.on("message", (answer: CallAnswer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.on("exit", (code, signal) => {
    ended = true;
    for (const [id, settle] of waiting) settle({ id, error: `${name} ended with ${code ?? signal ?? "nothing"}` });
    waiting.clear();
  });
  return {
    pid: child.pid ?? 0,
    call: (call, ...args) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, ({ value, error }) => {
          if (error === undefined) resolve(value as Awaited<ReturnType<Answers[typeof call]>>);
          else reject(new Error(`${name}, ${call}: ${error}`));
        });
        if (ended) waiting.get(id)?.({ id, error: "the process has ended" });
        else child.send({ id, name: call, args });
      }),
    stop: async () => {
      if (ended) return;
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    },
  };
}
