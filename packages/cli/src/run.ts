import { readFile } from "node:fs/promises";
import { SpoolError } from "@clawmetry/siem-exporter";
import { CommanderError } from "commander";
import { createProgram } from "./create-program.ts";
import { say } from "./say.ts";
import { type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const NAME = "clawmetry-siem";
const BAD_USAGE = 2;

/**
 * Runs the command that `argv` names, without the program's own name, and gives its exit code: 0 when all is well, 1 when
 * something was lost or malformed, 2 for bad usage or a bad configuration (one line each on standard error), 130 or 143 after
 * SIGINT or SIGTERM. Does not end the process, and keeps nothing open when it resolves.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  // Who reads us may go at any time; a message that nobody reads is no failure. What prints data listens for itself.
  terminal.stderr.on("error", () => undefined);
  terminal.stdout.on("error", () => undefined);
  let exitCode = 0;
  const version = await readVersion();
  const onExit = (code: number): void => {
    exitCode = code;
  };
  try {
    await createProgram({ terminal, version, onExit }).parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof UsageError) {
      for (const problem of error.problems) say(terminal, `${NAME}: ${problem}`);
      return BAD_USAGE;
    }
    if (error instanceof SpoolError) {
      say(terminal, `${NAME}: ${error.message}`);
      return BAD_USAGE;
    }
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    if (error.code !== "commander.help") say(terminal, `${NAME}: ${usageProblem(error.message)}`);
    return BAD_USAGE;
  }
}

// What stands after an equals sign may be a secret that somebody hoped there was a flag for.
function usageProblem(message: string): string {
  return message.replace(/^error: /, "").replace(/'(--?[^'=]*)=[^']*'/g, "'$1'");
}

async function readVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
  const version =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : undefined;
  return typeof version === "string" ? version : "unknown";
}
