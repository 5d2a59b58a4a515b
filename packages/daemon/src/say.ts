import { cleanControls } from "@clawmetry/siem-text";
import { type Terminal } from "./terminal.ts";

/** Writes one line for people to standard error. Whatever the text holds, it does not drive the terminal. */
export function say({ stderr }: Pick<Terminal, "stderr">, text: string): void {
  stderr.write(`${oneLine(text)}\n`);
}

/** Text from outside, safe to print on one line of a terminal. */
export function oneLine(text: string): string {
  return cleanControls(text).replaceAll("\n", " ");
}
