import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { TOKEN } from "./start-test-daemon.ts";

/** `clawmetry-daemon` as a process of its own. */
export interface DaemonProcess {
  readonly pid: number;
  /** Empty when it ended before it listened. */
  readonly url: string;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** How it ended, and what it wrote to standard error. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly err: string }>;
}

const loader = fileURLToPath(new URL("../../../tools/typescript-loader.mjs", import.meta.url));
const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

/** Runs the command until it listens, or ends. It is killed when the test is over. */
export async function startDaemonProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<DaemonProcess> {
  const flags = ["--conditions=@clawmetry/source", "--import", loader, bin, ...args];
  const child = spawn(process.execPath, flags, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { CLAWMETRY_DAEMON_TOKEN: TOKEN, ...env },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const closed = once(child, "close") as Promise<[number | null, string | null]>;
  const err = text(child.stderr);
  return {
    pid: child.pid ?? 0,
    url: await listening(child, closed),
    kill: (signal) => void child.kill(signal),
    ended: closed.then(async ([code, signal]) => ({ code, signal, err: await err })),
  };
}

function listening(child: ChildProcess, closed: Promise<unknown>): Promise<string> {
  return new Promise((resolve) => {
    let written = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      written += chunk.toString();
      const url = /listening on (\S+),/.exec(written)?.[1];
      if (url !== undefined) resolve(url);
    });
    void closed.then(() => {
      resolve("");
    });
  });
}
