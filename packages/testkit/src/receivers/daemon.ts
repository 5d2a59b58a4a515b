import { spawn } from "node:child_process";
import { once } from "node:events";
import { type ListeningSocket, missingSockets } from "./listening-socket.ts";
import { poll } from "./poll.ts";

const READY_TIMEOUT_MS = 10_000;

export interface DaemonOptions {
  /** Program to start, in the foreground: it must not fork. */
  readonly command: string;
  readonly args: readonly string[];
  /** Working folder. Default: that of this process. */
  readonly cwd?: string;
  /** The whole environment apart from PATH. Default: nothing else. */
  readonly env?: Readonly<Record<string, string>>;
  /** The daemon is ready when it owns all of these. */
  readonly sockets: readonly ListeningSocket[];
}

/** A running program of somebody else's. */
export interface Daemon {
  /** What it has written to standard output so far. */
  readonly stdout: () => string;
  /** What it has written to standard error so far. */
  readonly stderr: () => string;
  /** Sends SIGTERM and resolves when the process is gone. Safe to call twice, and after it ended by itself. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a daemon and resolves when it listens on every socket. Rejects, and leaves no process behind, when it ends
 * before or takes longer than 10 s. Should this process exit first, it takes the daemon along.
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { command, args, cwd, env, sockets } = options;
  const child = spawn(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stdout = collectText(child.stdout);
  const stderr = collectText(child.stderr);
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const closed = new Promise<void>((resolve) =>
    child.once("close", () => {
      resolve();
    }),
  );
  void closed.then(() => process.off("exit", kill));

  async function stop(): Promise<void> {
    child.kill("SIGTERM");
    await closed;
  }

  try {
    await once(child, "spawn");
    const { pid = 0 } = child;
    await poll(
      () => {
        if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}: ${stderr()}`);
        return missingSockets(pid, sockets).length === 0 || undefined;
      },
      READY_TIMEOUT_MS,
      () => `${command} does not listen on ${missingSockets(pid, sockets).map(nameSocket).join(", ")}: ${stderr()}`,
    );
  } catch (error) {
    if (child.pid !== undefined) await stop();
    throw error;
  }
  return { stdout, stderr, stop };
}

function collectText(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

function nameSocket({ protocol, port }: ListeningSocket): string {
  return `${protocol}/${port}`;
}
