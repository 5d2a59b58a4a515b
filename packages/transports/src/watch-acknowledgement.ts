const LONGEST_LOOK_MS = 5000;

/** Watches whether a peer acknowledges what the kernel has taken for it. */
export interface AcknowledgementWatch {
  /** Tells that so many bytes are handed over now. They may become more on the way, never fewer. */
  readonly handed: (bytes: number) => void;
  /** Ends the watch. Safe to call twice. */
  readonly stop: () => void;
}

/** What a watch needs. */
export interface AcknowledgementWatchOptions {
  /** How long the peer may acknowledge nothing, in milliseconds. */
  readonly limitMs: number;
  /** Bytes that are not acknowledged yet; nothing when that cannot be told. Must not reject. */
  readonly readQueue: () => Promise<number | undefined>;
  /** Called when the limit has passed, and again after every look until the peer acknowledges or the watch is stopped. */
  readonly onSilence: () => void;
}

/**
 * Looks at the send queue while something may be in it: `limitMs / 3` after a write, 5 s at the most, and again until it is
 * empty. TCP itself gives up after some 15 minutes only, and sends no keep-alive meanwhile (RFC 1122 §4.2.3.6).
 *
 * A queue that grew by less than was handed over shows an acknowledgement. More than was handed over shows none: TLS adds
 * bytes of its own. Keeps no process alive.
 */
export function watchAcknowledgement(options: AcknowledgementWatchOptions): AcknowledgementWatch {
  const { limitMs, readQueue, onSilence } = options;
  const lookMs = Math.min(LONGEST_LOOK_MS, limitMs / 3);
  let timer: NodeJS.Timeout | undefined;
  let handedBytes = 0;
  let last = { queuedBytes: 0, handedBytes: 0 };
  let heardMs = 0;
  let active = false;
  let stopped = false;

  function begin(): void {
    active = true;
    last = { queuedBytes: 0, handedBytes };
    heardMs = performance.now();
    waitForLook();
  }

  function waitForLook(): void {
    timer = setTimeout(() => void look(), lookMs).unref();
  }

  async function look(): Promise<void> {
    const now = { handedBytes }; // before the queue is read: what is handed over meanwhile belongs to the next look
    const queuedBytes = await readQueue();
    if (stopped) return;
    if (queuedBytes === undefined || queuedBytes === 0) {
      active = false;
      if (handedBytes > now.handedBytes) begin();
      return;
    }
    const grownBytes = queuedBytes - last.queuedBytes;
    if (grownBytes < now.handedBytes - last.handedBytes) heardMs = performance.now();
    last = { queuedBytes, handedBytes: now.handedBytes };
    waitForLook();
    if (performance.now() - heardMs >= limitMs) onSilence();
  }

  return {
    handed: (bytes) => {
      if (!active && !stopped) begin();
      handedBytes += bytes;
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
