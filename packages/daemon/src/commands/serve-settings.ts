import { homedir } from "node:os";
import { join } from "node:path";
import { redactionFromEnv } from "@clawmetry/redaction";
import { type DaemonOptions } from "../daemon-options.ts";
import { type Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

/** Flags of `serve`, as they were given. */
export interface ServeFlags {
  readonly host?: string;
  readonly port?: string;
  readonly store?: string;
  readonly nodeId?: string;
  readonly queueEvents?: string;
  readonly maxBodyBytes?: string;
}

type Environment = Terminal["env"];

const TOKEN = "CLAWMETRY_DAEMON_TOKEN";

/** Flag of each option of the daemon that has one. */
export const FLAGS: Readonly<Record<string, string>> = {
  host: "--host",
  port: "--port",
  storeFile: "--store",
  nodeId: "--node-id",
  maxWaitingEvents: "--queue-events",
  maxBodyBytes: "--max-body-bytes",
  token: TOKEN,
};

/** The options of a daemon from flags and, where they are not given, the environment. An empty variable is unset. Throws `UsageError`. */
export function readServeSettings(flags: ServeFlags, env: Environment): DaemonOptions {
  const token = variable(env, TOKEN);
  if (token === undefined) {
    throw new UsageError([
      `${TOKEN} must be set, to 16 or more random characters that clients send as X-ClawMetry-Token`,
    ]);
  }
  return {
    token,
    storeFile: readStoreFile(flags.store, env),
    host: flags.host ?? variable(env, "CLAWMETRY_DAEMON_HOST"),
    nodeId: flags.nodeId ?? variable(env, "CLAWMETRY_DAEMON_NODE_ID"),
    port: readNumber("--port", flags.port ?? variable(env, "CLAWMETRY_DAEMON_PORT")),
    maxWaitingEvents: readNumber("--queue-events", flags.queueEvents ?? variable(env, "CLAWMETRY_DAEMON_QUEUE_EVENTS")),
    maxBodyBytes: readNumber(
      "--max-body-bytes",
      flags.maxBodyBytes ?? variable(env, "CLAWMETRY_DAEMON_MAX_BODY_BYTES"),
    ),
    redaction: redactionFromEnv(env),
  };
}

/** The file of the store: the flag, else the variable, else one in the user's own folder. */
export function readStoreFile(flag: string | undefined, env: Environment): string {
  return flag ?? variable(env, "CLAWMETRY_DAEMON_STORE") ?? join(homedir(), ".clawmetry", "daemon.duckdb");
}

function variable(env: Environment, name: string): string | undefined {
  const value = env[name];
  return value === "" ? undefined : value;
}

function readNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError([`${flag} must be a whole number, got ${JSON.stringify(text.slice(0, 32))}`]);
}
