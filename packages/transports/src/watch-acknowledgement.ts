const LONGEST_LOOK_MS = 5000;
const LOOKS_PER_READING_TIME = 50;
const HURRIED_LOOK_MS = 50;
const MARKS_PER_LOOK = 8;
const MOST_MARKS = 256;

/** Watches whether a peer acknowledges what the kernel has taken for it. */
export interface AcknowledgementWatch {
  /** Tells that so many bytes are handed over now. They may become more on the way, never fewer. */
  readonly handed: (bytes: number) => void;
  /** Tells that the kernel has taken so many of them: until then they are in no queue. */
  readonly taken: (bytes: number) => void;
  /** How long ago the oldest bytes may have been handed over that are not acknowledged yet, in milliseconds; else 0. */
  readonly unacknowledgedMs: number;
  /** The same once a look found that the peer acknowledges nothing. */
  readonly silentMs: number;
  /**
   * Resolves to true when everything is acknowledged, or that cannot be told, and to false when the signal aborts first, or
   * the watch is stopped. Looks at once, and then every 50 ms.
   */
  readonly drained: (signal: AbortSignal) => Promise<boolean>;
  /** Ends the watch. Safe to call twice. */
  readonly stop: () => void;
}

/** What a watch needs. */
export interface AcknowledgementWatchOptions {
  /** How long the peer may acknowledge nothing, in milliseconds. */
  readonly limitMs: number;
  /** Bytes that are not acknowledged yet; nothing when that cannot be told. Must not reject. */
  readonly readQueue: () => Promise<number | undefined>;
  /** Time between two looks, in milliseconds, as long as a look is cheap. Default 1000, or a third of the limit. */
  readonly lookMs?: number;
  /** Called when the limit has passed, and again after every look until the peer acknowledges or the watch is stopped. */
  readonly onSilence: () => void;
}

/** What had been handed over at a moment. */
interface Mark {
  readonly atMs: number;
  readonly handedBytes: number;
}

/**
 * Looks at the send queue while something may be in it, until it is empty; more seldom where reading it takes long, but every
 * 5 s at least. TCP itself gives up after some 15 minutes only, and sends no keep-alive meanwhile (RFC 1122 §4.2.3.6).
 *
 * A queue that grew by less than was handed over shows an acknowledgement. More than was handed over shows none: TLS adds
 * bytes of its own. Keeps no process alive.
 */
export function watchAcknowledgement(options: AcknowledgementWatchOptions): AcknowledgementWatch {
  const { limitMs, readQueue, onSilence, lookMs = 1000 } = options;
  const shortestMs = Math.min(lookMs, limitMs / 3);
  const pauses = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let readingMs = 0;
  let looking: Promise<void> | undefined;
  let handedBytes = 0;
  let takenBytes = 0;
  let last = { queuedBytes: 0, handedBytes: 0 };
  let heardMs = 0;
  // The first is the last moment at which everything handed over before it is known to be acknowledged.
  let marks: Mark[] = [];
  let silent = false;
  let active = false;
  let stopped = false;

  function begin(): void {
    active = true;
    silent = false;
    heardMs = performance.now();
    last = { queuedBytes: 0, handedBytes };
    marks = [{ atMs: heardMs, handedBytes: takenBytes }];
    if (timer === undefined) waitForLook();
  }

  function waitForLook(): void {
    timer = setTimeout(
      () => {
        void look().then(() => {
          timer = undefined;
          if (active && !stopped) waitForLook();
        });
      },
      Math.max(shortestMs, Math.min(readingMs * LOOKS_PER_READING_TIME, LONGEST_LOOK_MS)),
    ).unref();
  }

  function look(): Promise<void> {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function lookOnce(): Promise<void> {
    if (!active) return;
    // The queue is read at some moment between these two, so what is handed over meanwhile proves nothing.
    const before = { atMs: performance.now(), handedBytes, takenBytes };
    const queuedBytes = await readQueue();
    readingMs = performance.now() - before.atMs;
    if (stopped) return;
    if (queuedBytes === undefined || queuedBytes === 0) {
      active = silent = false;
      if (handedBytes > before.takenBytes) begin();
      return;
    }
    silent = queuedBytes - last.queuedBytes >= before.takenBytes - last.handedBytes;
    if (!silent) heardMs = performance.now();
    last = { queuedBytes, handedBytes };
    forget(before.takenBytes - queuedBytes);
    mark(before);
    if (performance.now() - heardMs >= limitMs) onSilence();
  }

  // Often enough that what was acknowledged is not taken for lost, and seldom enough to be cheap.
  function mark(now: Mark): void {
    const latest = marks.at(-1);
    if (latest !== undefined && now.atMs - latest.atMs < shortestMs / MARKS_PER_LOOK) return;
    marks.push({ atMs: now.atMs, handedBytes: now.handedBytes });
    if (marks.length > MOST_MARKS) marks.splice(1, 1);
  }

  function forget(acknowledgedBytes: number): void {
    while (marks[1] !== undefined && marks[1].handedBytes <= acknowledgedBytes) marks.shift();
  }

  function unacknowledgedMs(): number {
    return active && marks[0] !== undefined ? performance.now() - marks[0].atMs : 0;
  }

  function pause(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(waiting);
        signal.removeEventListener("abort", end);
        pauses.delete(end);
        resolve();
      };
      const waiting = setTimeout(end, HURRIED_LOOK_MS).unref();
      signal.addEventListener("abort", end);
      pauses.add(end);
    });
  }

  return {
    handed: (bytes) => {
      if (!active && !stopped) begin();
      mark({ atMs: performance.now(), handedBytes });
      handedBytes += bytes;
    },
    taken: (bytes) => {
      takenBytes += bytes;
    },
    get unacknowledgedMs() {
      return unacknowledgedMs();
    },
    get silentMs() {
      return silent ? unacknowledgedMs() : 0;
    },
    drained: async (signal) => {
      for (;;) {
        if (active && !stopped) await look();
        if (!active) return true;
        if (signal.aborted || stopped) return false;
        await pause(signal);
      }
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      for (const end of pauses) end();
    },
  };
}
