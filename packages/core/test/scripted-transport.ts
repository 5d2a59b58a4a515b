import { type Transport, TransportError } from "@clawmetry/siem-core";

/** What a scripted send does. It resolves, rejects, or stays pending. */
export type Script = (messages: readonly string[], signal: AbortSignal) => Promise<void> | undefined;

/** A transport that does what a test tells it, and remembers what it was given. */
export interface ScriptedTransport extends Transport {
  /** Every batch, in the order of the sends, whatever became of it. */
  readonly batches: readonly (readonly string[])[];
  /** The next sends follow `next`, until told otherwise. */
  readonly follow: (next: Script) => void;
  readonly breakDown: (error?: TransportError) => void;
  /** Nobody answers from now on, at connecting or sending. The present connection, if there is one, breaks. */
  readonly goDown: () => void;
  readonly comeBack: () => void;
  /** As `unacknowledgedMs`; with 0, everything is acknowledged. */
  readonly acknowledgeNothingFor: (ms: number) => void;
  /** How often a connection was asked for. */
  readonly connects: number;
  readonly closes: number;
}

/** Every send succeeds until the transport is told otherwise. */
export function scriptedTransport(first: Script = () => undefined): ScriptedTransport {
  const batches: (readonly string[])[] = [];
  const listeners: ((error: TransportError) => void)[] = [];
  let script = first;
  let closes = 0;
  let connects = 0;
  let down = false;
  let connected = true;
  let unacknowledgedMs = 0;
  let tellAcknowledged = (): void => undefined;
  const breakDown = (error = failure({ code: "io" })): void => {
    connected = false;
    for (const listener of listeners) listener(error);
  };
  const connect = async (): Promise<void> => {
    connects += 1;
    await Promise.resolve();
    if (down) throw failure({ code: "connect" });
    connected = true;
  };
  return {
    batches,
    connect,
    send: async (messages, signal) => {
      if (down) throw failure({ code: "connect" });
      batches.push(messages);
      await script(messages, signal);
    },
    close: () => {
      closes += 1;
      return Promise.resolve();
    },
    onBreak: (listener) => {
      listeners.push(listener);
    },
    follow: (next) => {
      script = next;
    },
    breakDown,
    goDown: () => {
      down = true;
      if (connected) breakDown();
    },
    comeBack: () => {
      down = false;
    },
    acknowledgeNothingFor: (ms) => {
      unacknowledgedMs = ms;
      if (ms === 0) tellAcknowledged();
    },
    acknowledged: (signal) =>
      new Promise((resolve) => {
        tellAcknowledged = () => {
          resolve(true);
        };
        if (unacknowledgedMs === 0) resolve(true);
        else if (signal.aborted) resolve(false);
        signal.addEventListener("abort", () => {
          resolve(false);
        });
      }),
    get unacknowledgedMs() {
      return unacknowledgedMs;
    },
    get connects() {
      return connects;
    },
    get closes() {
      return closes;
    },
    get state() {
      if (closes > 0) return "closed";
      return connected ? "connected" : "idle";
    },
  };
}

/** A `TransportError` with a plain message. Retryable unless said otherwise. */
export function failure(options: Partial<ConstructorParameters<typeof TransportError>[1]> = {}): TransportError {
  return new TransportError("connection to collector:514 broke", { code: "io", retryable: true, ...options });
}

/** Fails every send. */
export function failing(options: Partial<ConstructorParameters<typeof TransportError>[1]> = {}): Script {
  return () => Promise.reject(failure(options));
}

/** Never answers until it is aborted. */
export const stalled: Script = (_messages, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => {
      reject(failure({ code: "timeout" }));
    });
  });
