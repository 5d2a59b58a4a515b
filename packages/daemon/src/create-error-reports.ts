import { type CheckedEvent } from "./ingest/complete-event.ts";

/** Where the daemon's own errors go. */
export interface ErrorReports {
  /** Writes the error to the log, and takes it in as an event `daemon.error`. `message` must hold nothing of any event. */
  readonly report: (code: string, message: string) => void;
  /** Something was stored: errors that could not be stored when they happened are taken in now. */
  readonly retry: () => void;
}

export interface ErrorReportsOptions {
  /** Takes in an event as if a client had sent it. Rejects when it could not be stored. */
  readonly take: (event: CheckedEvent) => Promise<unknown>;
  readonly log: (line: string) => void;
  /** Least time between two events of the same code, in milliseconds. */
  readonly intervalMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

interface Entry {
  message: string;
  /** Errors that no event told yet. */
  count: number;
  lastMs: number;
}

/**
 * Errors of one code become one event per interval, which says how many there were. An error that hits such an event makes no
 * other one: it is tried again when something was stored, so that a broken store is told once it works.
 */
export function createErrorReports({ take, log, intervalMs, now }: ErrorReportsOptions): ErrorReports {
  const entries = new Map<string, Entry>();
  let sending = false;

  async function send(code: string, entry: Entry): Promise<void> {
    const { message, count, lastMs } = entry;
    sending = true;
    entry.count = 0;
    entry.lastMs = now();
    try {
      await take({
        event_type: "daemon.error",
        agent_id: "clawmetry-daemon",
        agent_type: "clawmetry-daemon",
        data: { code, message, count },
      });
    } catch {
      // The log has it already. Not its own error: that would be a loop.
      entry.count += count;
      entry.lastMs = lastMs;
    }
    sending = false;
  }

  function sendDue(): void {
    if (sending) return;
    for (const [code, entry] of entries) {
      if (entry.count === 0 || now() - entry.lastMs < intervalMs) continue;
      void send(code, entry);
      return;
    }
  }

  return {
    report: (code, message) => {
      log(`${code}: ${message}`);
      const entry = entries.get(code) ?? { message, count: 0, lastMs: -Infinity };
      entries.set(code, Object.assign(entry, { message, count: entry.count + 1 }));
      sendDue();
    },
    retry: sendDue,
  };
}
