import { run } from "../run.ts";
import { type VerifyReport } from "../verify/verify-report.ts";
import { createFakeTerminal } from "./fake-terminal.ts";

/** What `clawmetry-siem verify` says of lines on standard input. */
export interface VerifiedLines {
  readonly code: number;
  readonly text: readonly string[];
  readonly err: string;
}

/** Runs `verify` with `args` on the lines. */
export async function verifyLines(lines: readonly string[], ...args: readonly string[]): Promise<VerifiedLines> {
  const terminal = createFakeTerminal({ input: `${lines.join("\n")}\n` });
  const code = await run(["verify", ...args], terminal);
  return { code, text: terminal.out().split("\n").slice(0, -1), err: terminal.err() };
}

/** Runs `verify --json` with `args` on the lines, and gives the report. */
export async function reportOf(lines: readonly string[], ...args: readonly string[]): Promise<VerifyReport> {
  const { text } = await verifyLines(lines, "--json", ...args);
  return JSON.parse(text.join("\n")) as VerifyReport;
}
