import { type Terminal } from "./terminal.ts";

/** Resolves at the first SIGINT or SIGTERM. The next one does what it does without us: it ends the process at once. */
export function awaitSignal(terminal: Pick<Terminal, "once" | "off">): Promise<void> {
  return new Promise((resolve) => {
    const receive = (): void => {
      terminal.off("SIGINT", receive);
      terminal.off("SIGTERM", receive);
      resolve();
    };
    terminal.once("SIGINT", receive);
    terminal.once("SIGTERM", receive);
  });
}
