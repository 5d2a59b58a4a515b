import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/**
 * Runs a program to its end with `input` on standard input, and gives what it printed. Rejects when it cannot be started
 * or does not end with 0.
 */
export async function runProgram(command: string, args: readonly string[], input = ""): Promise<string> {
  const child = spawn(command, args, { stdio: "pipe" });
  try {
    await once(child, "spawn");
  } catch (cause) {
    throw new Error(`cannot start ${command}: run tools/install-receivers.sh`, { cause });
  }
  const closed = once(child, "close");
  child.stdin.on("error", () => undefined); // it may end without having read: its exit code tells whether that is well
  child.stdin.end(input);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  const end = child.exitCode ?? child.signalCode ?? "no code";
  if (end !== 0) throw new Error(`${command} ended with ${end}: ${errors}`);
  return output;
}
