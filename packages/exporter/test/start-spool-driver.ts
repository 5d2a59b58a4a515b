import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** A process that sends numbered events through a spool. */
export interface SpoolDriver {
  readonly kill: () => Promise<void>;
  /** Resolves with what it wrote when it has ended by itself. Rejects with what it complained of. */
  readonly ended: () => Promise<string>;
}

const loader = fileURLToPath(new URL("../../../tools/typescript-loader.mjs", import.meta.url));
const script = fileURLToPath(new URL("./spool-driver.ts", import.meta.url));

export interface SpoolDriverOptions {
  /** What ids begin with. */
  readonly prefix: string;
  /** How many events at the most; 0 for what the spool holds alone. */
  readonly count: number;
  /** The file that ids of those durably accepted are written to, one a line. */
  readonly ledger: string;
  /** How long each of 64 waits until it sends the next one. Default 0. */
  readonly pauseMs?: number;
  /** The exporter's configuration. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts the driver. */
export function startSpoolDriver({ prefix, count, ledger, pauseMs = 0, env }: SpoolDriverOptions): SpoolDriver {
  const flags = ["--no-warnings", "--conditions=@clawmetry/source", "--import", loader];
  const driver = spawn(process.execPath, [...flags, script, prefix, String(count), ledger, String(pauseMs)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], ...env },
  });
  const closed = once(driver, "close");
  const output = Promise.all([text(driver.stdout), text(driver.stderr)]);
  return {
    kill: async () => {
      driver.kill("SIGKILL");
      await closed;
    },
    ended: async () => {
      const [out, err] = await output;
      await closed;
      if (driver.exitCode !== 0) throw new Error(`the driver ended with ${driver.exitCode}: ${err}`);
      return out;
    },
  };
}
