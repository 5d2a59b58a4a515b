import { createSiemExporter } from "@clawmetry/siem-exporter";
import { findSpools, inspectSpool, type SpoolReport } from "@clawmetry/siem-spool";
import { type NamedConfig, type ParsedOptions, readSiemConfig } from "../config/read-siem-config.ts";
import { requireTlsFiles } from "../config/require-tls-files.ts";
import { describeFailure } from "../delivery/describe-failure.ts";
import { describeReport, isComplete } from "../delivery/describe-report.ts";
import { startDelivery } from "../delivery/start-delivery.ts";
import { readCode } from "../read-code.ts";
import { say } from "../say.ts";
import { type Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { watchSignals } from "../watch-signals.ts";
import { describeSpool } from "./describe-spool.ts";

/** What `spool` takes. */
export interface ShowSpoolOptions {
  /** Whether to print JSON. */
  readonly json?: boolean;
}

/** What `spool drain` takes besides the flags of the configuration. */
export interface DrainSpoolOptions extends ParsedOptions {
  /** How long to wait while nothing moves, in milliseconds. */
  readonly giveUp: number;
}

const FOLDER_VARIABLE = "CLAWMETRY_SIEM_SPOOL_DIR";

/** Prints what the spools at a path hold, and changes nothing. Gives the exit code, 0. Throws `UsageError`. */
export function showSpool(folder: string | undefined, { json = false }: ShowSpoolOptions, terminal: Terminal): number {
  for (const report of readSpools(folder, terminal)) {
    const lines = json ? [JSON.stringify(report)] : describeSpool(report);
    for (const line of lines) terminal.stdout.write(`${line}\n`);
  }
  return 0;
}

/** Reads every record of the spools at a path. Gives the exit code: 1 when one is damaged. Throws `UsageError`. */
export function checkSpool(folder: string | undefined, terminal: Terminal): number {
  const reports = readSpools(folder, terminal);
  for (const { folder: path, events, damaged } of reports) {
    terminal.stdout.write(`${path}: ${events} events can be read, ${damaged} are damaged\n`);
  }
  return reports.some(({ damaged }) => damaged > 0) ? 1 : 0;
}

/**
 * Sends what the spools at a path hold to the collector, one spool after the other, and takes out what was handed over. Gives the
 * exit code: 0 when nothing is left, 1 when something is, 130 or 143 after a signal. Rejects with `UsageError`, and `SpoolError`
 * when another process uses one.
 */
export async function drainSpool(
  folder: string | undefined,
  options: DrainSpoolOptions,
  terminal: Terminal,
): Promise<number> {
  const named = await readSiemConfig(options, terminal);
  requireTlsFiles(named);
  if (named.config.mode === "all" && named.config.targets.length > 1) {
    throw new UsageError([`a spool is drained to one collector: set ${named.nameOf("mode")} to failover, or name one`]);
  }
  const signals = watchSignals(terminal);
  let complete = true;
  for (const { folder: path } of readSpools(folder, terminal)) {
    if (signals.signal.aborted) break;
    complete = (await drain(path, named, options.giveUp, signals.signal, terminal)) && complete;
  }
  signals.stop();
  return signals.exitCode ?? (complete ? 0 : 1);
}

async function drain(
  spoolDir: string,
  named: NamedConfig,
  giveUpMs: number,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<boolean> {
  const config = { ...named.config, spoolDir, heartbeatSeconds: 0, lifecycleEvents: "off" } as const;
  const exporter = createSiemExporter(config);
  const report = await startDelivery(exporter, { timeoutMs: giveUpMs, giveUpMs, signal }).finish();
  const failure = describeFailure(report, named, giveUpMs);
  if (failure !== undefined) say(terminal, failure);
  const left = report.stats.queuedEvents;
  say(terminal, `${spoolDir}: ${describeReport(report)} kept=${left}`);
  return isComplete(report) && left === 0;
}

function readSpools(folder: string | undefined, { env }: Pick<Terminal, "env">): readonly SpoolReport[] {
  const path = folder ?? env[FOLDER_VARIABLE]?.trim() ?? "";
  if (path === "") throw new UsageError([`no spool: name its folder, or set ${FOLDER_VARIABLE}`]);
  try {
    const spools = findSpools(path);
    if (spools.length > 0) return spools.map(inspectSpool);
  } catch (error) {
    throw new UsageError([`${path} cannot be read: ${readCode(error)}`]);
  }
  throw new UsageError([`${path} is no spool`]);
}
