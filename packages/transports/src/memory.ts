import { OptionError, type Transport, type TransportError } from "@clawmetry/siem-core";
import { abortedFailure, closedFailure } from "./send-failure.ts";

/** Options of `memoryTransport`. */
export interface MemoryOptions {
  /** Messages kept; when more arrive, the oldest are let go. A whole number above 0. Default 10 000. */
  readonly capacity?: number;
}

/** A transport that delivers to an array. */
export interface MemoryTransport extends Transport {
  /** What was sent, oldest first. */
  readonly messages: readonly string[];
}

/** Keeps messages in memory, for tests and demonstrations. Never breaks. Throws `OptionError` for a bad capacity. */
export function memoryTransport(options: MemoryOptions = {}): MemoryTransport {
  const { capacity = 10_000 } = options;
  if (!Number.isSafeInteger(capacity) || capacity < 1) {
    throw new OptionError("capacity", "a whole number above 0", capacity);
  }
  const endpoint = { host: "memory", port: 0, label: "memory" };
  const kept: string[] = [];
  let closed = false;
  let used = false;

  function refusal(signal: AbortSignal): TransportError | undefined {
    if (closed) return closedFailure(endpoint);
    return signal.aborted ? abortedFailure(endpoint) : undefined;
  }

  return {
    messages: kept,
    connect: (signal) => {
      const failure = refusal(signal);
      if (failure !== undefined) return Promise.reject(failure);
      used = true;
      return Promise.resolve();
    },
    send: (messages, signal) => {
      const failure = refusal(signal);
      if (failure !== undefined) return Promise.reject(failure);
      used ||= messages.length > 0;
      for (const message of messages) kept.push(message);
      kept.splice(0, Math.max(0, kept.length - capacity));
      return Promise.resolve();
    },
    close: () => {
      closed = true;
      return Promise.resolve();
    },
    onBreak: () => undefined,
    get state() {
      if (closed) return "closed";
      return used ? "connected" : "idle";
    },
  };
}
