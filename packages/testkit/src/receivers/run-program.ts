import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** Runs a program to its end and gives what it printed. Rejects when it cannot be started or does not end with 0. */
export async function runProgram(command: string, args: readonly string[], input = ""): Promise<string> {
  const child = spawn(command, args, { stdio: "pipe" });
  const ended = once(child, "close");
  child.stdin.end(input);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (child.exitCode !== 0)
    throw new Error(`${command} ended with ${child.exitCode ?? child.signalCode ?? "?"}: ${errors}`);
  return output;
}
