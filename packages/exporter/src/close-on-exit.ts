import { type SiemExporter } from "./create-siem-exporter.ts";
import { closeDefaultExporter } from "./default-exporter.ts";
import { raiseSignal, receiveSignals } from "./exit-signals.ts";

/** What is closed when the process ends, and when that is. */
export interface CloseOnExitOptions {
  /** Default: the process-wide one. */
  readonly exporter?: SiemExporter | undefined;
  /** How long closing may take, in milliseconds. Default 5000. */
  readonly timeoutMs?: number | undefined;
  /** Default `SIGTERM` and `SIGINT`. */
  readonly signals?: readonly NodeJS.Signals[] | undefined;
}

/**
 * Closes an exporter when the process is about to end: on a signal, and when nothing is left to do (`beforeExit`). Gives the
 * function that takes its listeners away. Never throws: a signal that cannot be listened for is told in a process warning, code
 * `CLAWMETRY_SIEM_SIGNAL`.
 *
 * On a signal, closing begins one turn later, so that what other listeners send still gets in. When it is done, the signal is
 * raised again and ends the process as usual; where somebody else listens for it, the end is left to them. A second signal ends
 * the process at once, as usual. Nothing can be done about `process.exit`, SIGKILL and a crash.
 */
export function closeOnExit(options: CloseOnExitOptions = {}): () => void {
  const { exporter, timeoutMs = 5000, signals = ["SIGTERM", "SIGINT"] } = options;
  let closing: Promise<void> | undefined;

  async function closeOnce(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await (exporter === undefined ? closeDefaultExporter({ timeoutMs }) : exporter.close({ timeoutMs }));
  }
  function close(): Promise<void> {
    // An exporter never rejects; one that does has no more to tell.
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
