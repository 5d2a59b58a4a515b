import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type ListeningSocket, missingSockets } from "./listening-socket.ts";
import { poll } from "./poll.ts";

const READY_TIMEOUT_MS = 10_000;
const STOP_TIMEOUT_MS = 10_000;

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

/** A program of somebody else's, once it runs. */
export interface Daemon {
  /** What it has written to standard output so far. */
  readonly stdout: () => string;
  /** What it has written to standard error so far. */
  readonly stderr: () => string;
  /** Sends SIGTERM, after 10 s SIGKILL, and resolves when the process is gone. Safe to call twice, and after it ended. */
  readonly stop: () => Promise<void>;
  /** Sends SIGKILL, and resolves when the process is gone. */
  readonly kill: () => Promise<void>;
  /** Stops it in the middle of whatever it does, until `thaw`: the kernel still accepts connections and bytes for it. */
  readonly freeze: () => void;
  readonly thaw: () => void;
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
  const end = endingOf(child);
  try {
    await once(child, "spawn");
  } catch (cause) {
    throw new Error(`cannot start ${command}: run tools/install-receivers.sh`, { cause });
  }
  const missing = () => missingSockets(child.pid ?? 0, sockets);
  try {
    await poll(
      () => {
        const outcome = child.exitCode ?? child.signalCode;
        if (outcome !== null) throw new Error(`${command} ended with ${outcome}: ${stderr()}`);
        return missing().length === 0 || undefined;
      },
      READY_TIMEOUT_MS,
      () => `${command} does not listen on ${missing().map(nameSocket).join(", ")}: ${stderr()}`,
    );
  } catch (error) {
    await end.stop();
    throw error;
  }
  return {
    stdout,
    stderr,
    ...end,
    freeze: () => child.kill("SIGSTOP"),
    thaw: () => child.kill("SIGCONT"),
  };
}

function endingOf(child: ChildProcess): Pick<Daemon, "stop" | "kill"> {
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const closed = new Promise<void>((resolve) => {
    child.once("close", () => {
      process.off("exit", kill);
      resolve();
    });
  });
  return {
    stop: async () => {
      const killer = setTimeout(kill, STOP_TIMEOUT_MS);
      child.kill("SIGTERM");
      child.kill("SIGCONT"); // a frozen process takes no SIGTERM
      await closed;
      clearTimeout(killer);
    },
    kill: async () => {
      kill();
      await closed;
    },
  };
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
