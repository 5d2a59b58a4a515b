import { confirm } from "@clack/prompts";
import { type Terminal } from "../terminal.ts";

/**
 * Asks a person whether made-up events may go to a real collector, where rules may raise alarms for them. True without asking
 * where nobody can answer: input or messages are no terminal.
 */
export async function confirmSending(target: string, count: number, terminal: Terminal): Promise<boolean> {
  const { stdin, stderr, env } = terminal;
  const canDraw = env["NO_COLOR"] === undefined || env["NO_COLOR"] === "";
  if (stdin.isTTY !== true || stderr.isTTY !== true || !canDraw) return true;
  const answer = await confirm({
    message: `Send ${count} sample events to ${target}? Its rules may raise alarms.`,
    input: stdin,
    output: stderr,
  });
  return answer === true; // anything else is a no or an interruption
}
