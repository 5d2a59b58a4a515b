import { startDaemon } from "./daemon.ts";
import { freePorts } from "./free-ports.ts";
import { poll } from "./poll.ts";

export interface NetcatOptions {
  readonly protocol: "udp" | "tcp";
}

/** `nc`, which shows bytes and understands none of them. */
export interface Netcat {
  /** On 127.0.0.1. */
  readonly port: number;
  /** What it has printed so far. */
  readonly text: () => string;
  /** Resolves with the text once it satisfies `isComplete`. Rejects after `timeoutMs`, default 10 000. */
  readonly waitForText: (isComplete: (text: string) => boolean, timeoutMs?: number) => Promise<string>;
  /** Safe to call twice. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts `nc -l`, with `-u` for UDP. It serves one peer: over TCP the first connection, at the end of which it ends; over
 * UDP the first source port. UDP messages stand one behind the other, with nothing between.
 */
export async function startNetcat({ protocol }: NetcatOptions): Promise<Netcat> {
  const { port } = await freePorts({ port: protocol });
  const args = [protocol === "udp" ? "-dul" : "-dl", "127.0.0.1", String(port)];
  const daemon = await startDaemon({ command: "nc", args, sockets: [{ protocol, port }] });
  return {
    port,
    text: daemon.stdout,
    waitForText: (isComplete, timeoutMs = 10_000) =>
      poll(
        () => (isComplete(daemon.stdout()) ? daemon.stdout() : undefined),
        timeoutMs,
        () => `nc has printed only ${JSON.stringify(daemon.stdout())}`,
      ),
    stop: daemon.stop,
  };
}
