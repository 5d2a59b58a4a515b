import { OptionError } from "@clawmetry/siem-exporter";
import { awaitSignal } from "../await-signal.ts";
import { type DaemonOptions } from "../daemon-options.ts";
import { say } from "../say.ts";
import { type Daemon, startDaemon } from "../start-daemon.ts";
import { type Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { FLAGS, readServeSettings, type ServeFlags } from "./serve-settings.ts";

/** What `serve` takes. */
export interface ServeOptions extends ServeFlags {
  /** How long ending may take, in seconds. Default 5. */
  readonly timeout?: number;
}

/**
 * Runs the daemon until SIGTERM or SIGINT, and gives the exit code 0: what was taken is stored then. Rejects with `UsageError` or
 * `StoreError` when it cannot start.
 */
export async function serve({ timeout = 5, ...flags }: ServeOptions, terminal: Terminal): Promise<number> {
  const settings = readServeSettings(flags, terminal.env);
  const signal = awaitSignal(terminal); // from now on, so that no signal ends a start half-way
  const daemon = await start(settings, terminal);
  const { forwarding, store } = daemon.health();
  const targets = forwarding?.exporter.targets.map(({ target }) => target).join(", ");
  say(terminal, `listening on ${daemon.url}, ${store.rows} events in ${settings.storeFile}`);
  say(terminal, targets === undefined ? `not forwarding: ${reasonIn(terminal)}` : `forwarding to ${targets}`);
  await signal;
  const { left } = await daemon.close({ timeoutMs: timeout * 1000 });
  const rest = left === 0 ? "" : `; ${left} were not handed over, and are sent at the next start`;
  say(terminal, `stopped with ${daemon.health().store.rows} events stored${rest}`);
  return 0;
}

function reasonIn({ env }: Terminal): string {
  const host = env["CLAWMETRY_SIEM_HOST"] ?? "";
  return host === "" ? "CLAWMETRY_SIEM_HOST is not set" : "a setting of the exporter is wrong, as a warning says";
}

async function start(settings: DaemonOptions, terminal: Terminal): Promise<Daemon> {
  try {
    const log = (line: string): void => {
      say(terminal, line);
    };
    return await startDaemon({ ...settings, log });
  } catch (error) {
    if (error instanceof OptionError) {
      const name = FLAGS[error.option] ?? error.option;
      throw new UsageError([error.message.replace(error.option, name)]);
    }
    const code: unknown = error instanceof Error && "syscall" in error && "code" in error ? error.code : undefined;
    if (typeof code !== "string") throw error;
    throw new UsageError([`cannot listen on ${settings.host ?? "127.0.0.1"}:${settings.port ?? 7777}: ${code}`]);
  }
}
