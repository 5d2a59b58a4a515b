import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** How a script ended, and what it wrote. */
export interface ScriptEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

const TIME_LIMIT_MS = 15_000;

const loader = fileURLToPath(new URL("../../../tools/typescript-loader.mjs", import.meta.url));

/** Runs a TypeScript file of this folder as a process of its own until it ends, with nothing in its environment but `env`. */
export async function runScript(
  name: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ScriptEnd> {
  const flags = ["--conditions=@clawmetry/source", "--import", loader];
  const script = spawn(process.execPath, [...flags, name, ...args], {
    cwd: fileURLToPath(new URL("./", import.meta.url)),
    stdio: ["ignore", "pipe", "pipe"],
    env,
    timeout: TIME_LIMIT_MS,
    killSignal: "SIGKILL",
  });
  const ended = once(script, "close") as Promise<[number | null, string | null]>;
  const [out, err] = await Promise.all([text(script.stdout), text(script.stderr)]);
  const [code, signal] = await ended;
  return { code, signal, out, err };
}
