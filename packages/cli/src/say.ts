import { terminalText } from "./terminal-text.ts";
import { type Terminal } from "./terminal.ts";

// Who reads our messages slower than others make us write them must not cost all memory.
const MAX_WAITING = 1024 * 1024;

/** Writes one line for people to standard error. Whatever the text holds, it does not drive the terminal. */
export function say({ stderr }: Pick<Terminal, "stderr">, text: string): void {
  if (stderr.writableLength <= MAX_WAITING) stderr.write(`${terminalText(text)}\n`);
}
