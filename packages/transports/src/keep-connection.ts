import { type TransportError } from "@clawmetry/siem-core";
import { abortedFailure } from "./send-failure.ts";
import { type OpenedStream, type StreamConnection, watchStream } from "./stream-connection.ts";
import { type StreamSettings } from "./stream-options.ts";

const LONGEST_RETRY_MS = 30_000;

/** Holds the connection that carries the sends. */
export interface ConnectionKeeper<O extends OpenedStream = OpenedStream> {
  /** The connection for the next send: the present one, or a new one. Rejects with what `open` rejects with. */
  readonly take: (signal: AbortSignal) => Promise<StreamConnection<O>>;
  /** Ends every connection after what was written, and every attempt at once. */
  readonly close: () => Promise<void>;
  /** Ends every connection at once. */
  readonly abandon: () => void;
  /** As of a transport, over all connections that have not ended yet. */
  readonly unacknowledgedMs: number;
  readonly acknowledged: (signal: AbortSignal) => Promise<boolean>;
  readonly state: "idle" | "connecting" | "connected";
  readonly current: StreamConnection<O> | undefined;
}

/**
 * Keeps one connection, made when it is first taken and again after a break. One older than `reconnectAfterMs` is replaced:
 * a new one is made beside the sends, the next take gives it, and the old one is ended after what was written. `tell` hears of
 * every break of a connection that carried something, but not of the clean end of an old one.
 */
export function keepConnection<O extends OpenedStream>(
  settings: StreamSettings,
  open: (signal: AbortSignal) => Promise<O>,
  tell: (failure: TransportError) => void,
): ConnectionKeeper<O> {
  const { endpoint, writeTimeoutMs, closeTimeoutMs, reconnectAfterMs } = settings;
  const retryMs = Math.min(reconnectAfterMs, LONGEST_RETRY_MS);
  const living = new Set<StreamConnection<O>>();
  let current: StreamConnection<O> | undefined;
  let successor: StreamConnection<O> | undefined;
  let opening: AbortController | undefined;
  let replacing: AbortController | undefined;
  let replaceAtMs = 0;
  let closed = false;

  function adopt(opened: O, signal: AbortSignal): StreamConnection<O> {
    if (signal.aborted) {
      opened.socket.destroy();
      throw abortedFailure(endpoint);
    }
    const made = watchStream(opened, settings, (failure) => {
      if (made === successor) {
        successor = undefined; // nothing was sent over it
        replaceAtMs = performance.now() + retryMs;
        return;
      }
      if (made === current) current = undefined;
      if (!closed) tell(failure);
    });
    living.add(made);
    opened.socket.once("close", () => living.delete(made));
    replaceAtMs = performance.now() + reconnectAfterMs;
    return made;
  }

  async function connect(signal: AbortSignal): Promise<StreamConnection<O>> {
    const attempt = new AbortController(); // close() aborts it too
    const abort = (): void => {
      attempt.abort();
    };
    opening = attempt;
    signal.addEventListener("abort", abort);
    try {
      current = adopt(await open(attempt.signal), attempt.signal);
      return current;
    } finally {
      signal.removeEventListener("abort", abort);
      opening = undefined;
    }
  }

  async function replace(): Promise<void> {
    const attempt = new AbortController();
    replacing = attempt;
    replaceAtMs = performance.now() + retryMs;
    try {
      successor = adopt(await open(attempt.signal), attempt.signal);
    } catch {
      // The old connection goes on, and tells when it breaks.
    } finally {
      if (replacing === attempt) replacing = undefined;
    }
  }

  function succeed(next: StreamConnection<O>): StreamConnection<O> {
    // Nobody waits for the old one, so it has the time to show whether its last bytes are acknowledged.
    current?.retire(2 * writeTimeoutMs);
    successor = undefined;
    return (current = next);
  }

  async function take(signal: AbortSignal): Promise<StreamConnection<O>> {
    if (successor !== undefined) return succeed(successor);
    if (current === undefined) {
      replacing?.abort();
      return connect(signal);
    }
    const due = reconnectAfterMs > 0 && replacing === undefined && performance.now() >= replaceAtMs;
    if (due) void replace();
    return current;
  }

  return {
    take,
    get unacknowledgedMs() {
      return Math.max(0, ...[...living].map((connection) => connection.unacknowledgedMs));
    },
    acknowledged: async (signal) => {
      const all = await Promise.all([...living].map((connection) => connection.acknowledged(signal)));
      return all.every((acknowledged) => acknowledged);
    },
    abandon: () => {
      for (const { destroy } of living) destroy();
    },
    close: async () => {
      closed = true;
      opening?.abort();
      replacing?.abort();
      await Promise.all([...living].map(({ end }) => end(closeTimeoutMs)));
    },
    get state() {
      if (current !== undefined) return "connected";
      return opening === undefined ? "idle" : "connecting";
    },
    get current() {
      return current;
    },
  };
}
