import { type StopSignal, type Terminal } from "./terminal.ts";

/** The wish of the user that a command ends. */
export interface SignalWatch {
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** 130 or 143, as a shell gives it, once there was a signal. */
  readonly exitCode: number | undefined;
  /** Safe to call twice. */
  readonly stop: () => void;
}

const EXIT_CODES: Readonly<Record<StopSignal, number>> = { SIGINT: 130, SIGTERM: 143 };

/** Takes one signal. The next one does what it does without us: it ends the process at once. */
export function watchSignals(terminal: Pick<Terminal, "on" | "off">): SignalWatch {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const receive = (name: StopSignal) => (): void => {
    exitCode = EXIT_CODES[name];
    stop();
    controller.abort();
  };
  const listeners = { SIGINT: receive("SIGINT"), SIGTERM: receive("SIGTERM") };
  function stop(): void {
    terminal.off("SIGINT", listeners.SIGINT);
    terminal.off("SIGTERM", listeners.SIGTERM);
  }
  terminal.on("SIGINT", listeners.SIGINT);
  terminal.on("SIGTERM", listeners.SIGTERM);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    stop,
  };
}
