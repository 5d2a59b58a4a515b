import { readFile } from "node:fs/promises";
import { CommanderError } from "commander";
import { createProgram } from "./create-program.ts";
import { say } from "./say.ts";
import { StoreError } from "./store/store-error.ts";
import { type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const NAME = "clawmetry-daemon";
const BAD_USAGE = 2;

/**
 * Runs the command that `argv` names, without the program's own name, and gives its exit code: 0 when all is well, 1 when the store is
 * not as it was written, 2 for bad usage, a bad configuration or a store that cannot be used (one line each on standard error).
 * Does not end the process, and keeps nothing open when it resolves.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  // Who reads us may go at any time; a message that nobody reads is no failure.
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
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    for (const problem of problemsOf(error)) say(terminal, `${NAME}: ${problem}`);
    return BAD_USAGE;
  }
}

function problemsOf(error: unknown): readonly string[] {
  if (error instanceof UsageError) return error.problems;
  if (error instanceof StoreError) return [error.message];
  if (!(error instanceof CommanderError)) throw error;
  // What stands after an equals sign may be a secret that somebody hoped there was a flag for.
  return [error.message.replace(/^error: /, "").replace(/'(--?[^'=]*)=[^']*'/g, "'$1'")];
}

async function readVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
  const version =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : undefined;
  return typeof version === "string" ? version : "unknown";
}
