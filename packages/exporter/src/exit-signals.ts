/** Handles the first signal. `others`: whether somebody else listens for it too. Never rejects. */
export type SignalHandler = (signal: NodeJS.Signals, others: boolean) => Promise<void>;

// On our listeners: whether their handler is at work. Shared by every copy of this module in the process.
const BUSY = Symbol.for("clawmetry.siem.exit-signal");

interface OurListener {
  readonly [BUSY]: () => boolean;
}

/**
 * Calls `handle` for the first of the signals. Any further one of them ends the process, unless somebody else listens for it.
 * Gives the function that ends the listening. Never throws: what cannot be listened for is a process warning.
 */
export function receiveSignals(signals: readonly NodeJS.Signals[], handle: SignalHandler): () => void {
  let busy = false;

  function receive(signal: NodeJS.Signals): void {
    const others = process.listeners(signal).some((listener) => !isOurs(listener));
    if (!busy) {
      busy = true;
      void handle(signal, others);
    } else if (!others) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  }

  const ends = signals.map((signal) => {
    const listener = Object.assign(
      () => {
        receive(signal);
      },
      { [BUSY]: () => busy },
    );
    listen(signal, listener);
    return () => process.removeListener(signal, listener);
  });
  return () => {
    for (const end of ends) end();
  };
}

/** Raises a signal that was received, unless another handler is still at work: it will do so. */
export function raiseSignal(signal: NodeJS.Signals): void {
  const listeners: readonly object[] = process.listeners(signal);
  if (listeners.filter(isOurs).every((listener) => !listener[BUSY]())) process.kill(process.pid, signal);
}

function listen(signal: NodeJS.Signals, listener: () => void): void {
  try {
    process.prependListener(signal, listener); // the first to run sees those that listen once before they are gone
  } catch {
    process.emitWarning(`the SIEM exporter is not closed on ${signal}: no process can listen for it`, {
      type: "ClawMetryWarning",
      code: "CLAWMETRY_SIEM_SIGNAL",
    });
  }
}

function isOurs(listener: object): listener is OurListener {
  return BUSY in listener;
}
