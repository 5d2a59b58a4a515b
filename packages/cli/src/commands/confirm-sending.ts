import { Writable } from "node:stream";
import { confirm, isCancel } from "@clack/prompts";
import { type Terminal } from "../terminal.ts";

/** What a person said. */
export type Confirmation = "yes" | "no" | "interrupted";

const EVERY_COLOUR = /\u001b\[[\d;]*m/g;

/**
 * Asks a person whether made-up events may go to a real collector, where rules may raise alarms for them. Yes without asking
 * where nobody can answer: input or messages are no terminal.
 */
export async function confirmSending(target: string, count: number, terminal: Terminal): Promise<Confirmation> {
  const { stdin, stderr, env } = terminal;
  if (stdin.isTTY !== true || stderr.isTTY !== true) return "yes";
  const plain = env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "";
  const answer = await confirm({
    message: `Send ${count} sample events to ${target}? Its rules may raise alarms.`,
    input: stdin,
    output: plain ? withoutColour(stderr) : stderr,
  });
  if (isCancel(answer)) return "interrupted";
  return answer ? "yes" : "no";
}

// The library asks for no colour by itself only on newer versions of Node.js.
function withoutColour(stream: Writable): Writable {
  return new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, _encoding, done) => {
      stream.write(chunk.toString().replace(EVERY_COLOUR, ""));
      done();
    },
  });
}
