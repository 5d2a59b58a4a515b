import { constants } from "node:os";
import { type CloseReport, OptionError } from "@clawmetry/siem-core";
import { type SiemExporter } from "./create-siem-exporter.ts";
import { closeDefaultExporter, getDefaultExporter } from "./default-exporter.ts";
import { raiseSignal, receiveSignals } from "./exit-signals.ts";

/** What is closed when the process ends, and when that is. */
export interface CloseOnExitOptions {
  /** Default: the process-wide one, which is built at once when it was not used yet. */
  readonly exporter?: SiemExporter | undefined;
  /** How long closing may take, in milliseconds, at least 0. Default 5000. */
  readonly timeoutMs?: number | undefined;
  /** Default `SIGTERM` and `SIGINT`. */
  readonly signals?: readonly NodeJS.Signals[] | undefined;
  /**
   * Called with what became of the events when the exporter is closed, just before the process ends: nothing else tells what was
   * left. Not called for a process-wide exporter that is off. What it throws is ignored.
   */
  readonly onClosed?: ((report: CloseReport) => void) | undefined;
}

const DEFAULT_SIGNALS: readonly NodeJS.Signals[] = ["SIGTERM", "SIGINT"];

/**
 * Closes an exporter when the process is about to end: on a signal, and when nothing is left to do (`beforeExit`). Gives the
 * function that takes its listeners away. Without `exporter`, the process-wide one is built now, so that a daemon that has
 * nothing to send yet sends heartbeats, and a bad configuration is told at the start.
 *
 * Throws `OptionError` for an option that cannot work. A signal that exists but cannot be listened for is told in a process
 * warning, code `CLAWMETRY_SIEM_SIGNAL`.
 *
 * On a signal, closing begins one turn later, so that what other listeners send still gets in. When it is done, the signal is
 * raised again and ends the process as usual; where somebody else listens for it, the end is left to them. A second signal ends
 * the process at once, as usual. Nothing can be done about `process.exit`, SIGKILL and a crash.
 */
export function closeOnExit(options: CloseOnExitOptions = {}): () => void {
  const { exporter, timeoutMs = 5000, signals = DEFAULT_SIGNALS, onClosed } = options;
  requireTime(timeoutMs);
  requireSignals(signals);
  requireListener(onClosed);
  if (exporter === undefined) getDefaultExporter();
  let closing: Promise<void> | undefined;

  async function closeOnce(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const report = await (exporter === undefined ? closeDefaultExporter({ timeoutMs }) : exporter.close({ timeoutMs }));
    if (report !== undefined) onClosed?.(report);
  }
  function close(): Promise<void> {
    // An exporter never rejects; one that does has no more to tell. What `onClosed` throws must not keep the process.
    return (closing ??= closeOnce().catch(() => undefined));
  }
  function onBeforeExit(): void {
    void close();
  }
  function stop(): void {
    process.removeListener("beforeExit", onBeforeExit);
    stopReceiving();
  }
  const stopReceiving = receiveSignals(signals, async (signal, others) => {
    await close();
    stop();
    if (!others) raiseSignal(signal);
  });
  process.once("beforeExit", onBeforeExit);
  return stop;
}

function requireTime(timeoutMs: unknown): void {
  if (typeof timeoutMs === "number" && timeoutMs >= 0) return;
  throw new OptionError("timeoutMs", "a number of at least 0", timeoutMs);
}

function requireSignals(signals: unknown): void {
  if (!Array.isArray(signals)) throw new OptionError("signals", "a list of signals such as SIGTERM", signals);
  signals.forEach((signal: unknown, index) => {
    if (typeof signal === "string" && Object.hasOwn(constants.signals, signal)) return;
    throw new OptionError(`signals[${index}]`, "the name of a signal of this system, such as SIGTERM", signal);
  });
}

function requireListener(onClosed: unknown): void {
  if (onClosed !== undefined && typeof onClosed !== "function") {
    throw new OptionError("onClosed", "a function", onClosed);
  }
}
