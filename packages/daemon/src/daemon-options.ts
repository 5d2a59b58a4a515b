import { hostname } from "node:os";
import { type RedactionOptions } from "@clawmetry/redaction";
import { OptionError, type SiemExporter } from "@clawmetry/siem-exporter";
import { isLoopback } from "./http/is-loopback.ts";

/** What a daemon is made of. `storeFile` and `token` are all it needs. */
export interface DaemonOptions {
  /** The file of DuckDB. It is made when it is missing, and so is its folder. */
  readonly storeFile: string;
  /** What clients send in `X-ClawMetry-Token`: 16 to 256 printable ASCII characters without spaces. */
  readonly token: string;
  /** A loopback address or `localhost`. Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** 0 to 65535; 0 is one that the system chooses. Default 7777. */
  readonly port?: number | undefined;
  /** The node of events that name none, 1 to 256 characters. Default: the host's name. */
  readonly nodeId?: string | undefined;
  /** What is removed from events before anything else. Default: all secrets and personal data. */
  readonly redaction?: RedactionOptions | undefined;
  /** Default: the process-wide one, which `CLAWMETRY_SIEM_*` configures. The daemon closes it. */
  readonly exporter?: SiemExporter | undefined;
  /** How many events may wait to be stored, at least 1. One batch is always taken when none wait. Default 10 000. */
  readonly maxWaitingEvents?: number | undefined;
  /** Largest body of a request, at least 1. Default 8 388 608 (8 MiB). Bodies under way take at most eight times that together. */
  readonly maxBodyBytes?: number | undefined;
  /**
   * How long an event must have been sent without a fault before a restart does not send it again, in milliseconds, at least 0. Default
   * 5000, or twice the exporter's replay window when that is longer.
   */
  readonly settleMs?: number | undefined;
  /** How often the mark of what is settled is written, in milliseconds, at least 1. Default 1000. */
  readonly markIntervalMs?: number | undefined;
  /** Told what goes wrong, one line each without event content. Default: nobody. */
  readonly log?: ((line: string) => void) | undefined;
}

/** Options with every default filled in, but for the two whose default is another part's. */
export type ResolvedDaemonOptions = Required<{
  readonly [K in Exclude<keyof DaemonOptions, "exporter" | "settleMs">]: NonNullable<DaemonOptions[K]>;
}> &
  Pick<DaemonOptions, "exporter" | "settleMs">;

/** Fills in the defaults and rejects values that cannot work with `OptionError`. Does not change its argument. */
export function resolveDaemonOptions(options: DaemonOptions): ResolvedDaemonOptions {
  const { storeFile, token, exporter, settleMs } = options;
  const { host = "127.0.0.1", port = 7777, nodeId = hostname(), redaction = {} } = options;
  const { maxWaitingEvents = 10_000, maxBodyBytes = 8 * 1024 * 1024, markIntervalMs = 1000 } = options;
  const { log = () => undefined } = options;
  if (storeFile === "") throw new OptionError("storeFile", "the path of a file", storeFile);
  if (!/^[!-~]{16,256}$/.test(token)) {
    throw new OptionError("token", "16 to 256 printable ASCII characters without spaces", token);
  }
  if (!isLoopback(host)) throw new OptionError("host", "a loopback address or localhost", host);
  if (nodeId === "" || nodeId.length > 256) throw new OptionError("nodeId", "1 to 256 characters", nodeId);
  requireWhole("port", port, 0, 65_535);
  requireWhole("maxWaitingEvents", maxWaitingEvents, 1);
  requireWhole("maxBodyBytes", maxBodyBytes, 1);
  requireWhole("markIntervalMs", markIntervalMs, 1, 2 ** 31 - 1);
  if (settleMs !== undefined) requireWhole("settleMs", settleMs, 0);
  return {
    storeFile,
    token,
    host,
    port,
    nodeId,
    redaction,
    exporter,
    maxWaitingEvents,
    maxBodyBytes,
    settleMs,
    markIntervalMs,
    log,
  };
}

function requireWhole(option: string, value: number, least: number, most: number = Number.MAX_SAFE_INTEGER): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `from ${least} to ${most}`;
  throw new OptionError(option, `a whole number ${range}`, value);
}
