const KEPT_BYTES = 1_048_576; // a rare larger batch gets a buffer of its own, so that it costs no memory later

/** One buffer for one batch after another. */
export interface ReusedBuffer {
  /** At least `bytes` long. It is given again by the next call. */
  readonly take: (bytes: number) => Buffer;
  /** Gives the present bytes away: a socket may still hold them. */
  readonly abandon: () => void;
}

/** Memory for batches that is used again, up to 1 MiB. */
export function createReusedBuffer(): ReusedBuffer {
  let kept = Buffer.alloc(0);
  return {
    take: (bytes) => {
      if (bytes > KEPT_BYTES) return Buffer.allocUnsafeSlow(bytes);
      if (bytes > kept.length) kept = Buffer.allocUnsafeSlow(Math.min(2 * bytes, KEPT_BYTES));
      return kept;
    },
    abandon: () => {
      kept = Buffer.alloc(0);
    },
  };
}
