import { run } from "../run.ts";
import { createFakeTerminal, type FakeTerminal } from "./fake-terminal.ts";

/** `clawmetry-siem listen`, running in this process. */
export interface Listening {
  readonly terminal: FakeTerminal;
  /** Port of each protocol that was asked for. */
  readonly ports: Readonly<Record<string, number>>;
  /** Resolves when it ends by itself, with its exit code. */
  readonly ended: Promise<number>;
  /** Ends it with SIGINT, and gives its exit code. */
  readonly stop: () => Promise<number>;
}

/** Runs `listen` with `args`, the last of which should be protocols with port 0, and waits until it listens. */
export async function startListening(...args: readonly string[]): Promise<Listening> {
  const terminal = createFakeTerminal();
  const ended = run(["listen", ...args], terminal);
  const protocols = args.flatMap((arg) => /^--(udp|tcp|tls)$/.exec(arg)?.[1] ?? []);
  await Promise.race([Promise.all(protocols.map((name) => terminal.errSays(`listening on ${name} `))), ended]);
  const ports = Object.fromEntries(
    [...terminal.err().matchAll(/listening on (\w+) .*:(\d+)\n/g)].map(([, name = "", port]) => [name, Number(port)]),
  );
  return {
    terminal,
    ports,
    ended,
    stop: () => {
      terminal.press("SIGINT");
      return ended;
    },
  };
}
