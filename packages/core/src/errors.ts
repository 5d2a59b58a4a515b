/** Why a send failed. `too_large`: the first undelivered message can never fit this transport. */
export type TransportErrorCode = "connect" | "timeout" | "closed" | "refused" | "io" | "too_large";

export interface TransportErrorOptions {
  readonly code: TransportErrorCode;
  /** Whether sending the same messages again can succeed. When false, it is the first undelivered message that cannot. */
  readonly retryable: boolean;
  /** Messages at the start of the batch that need not be sent again. Default 0. */
  readonly delivered?: number;
  /**
   * Places in the batch, rising and each below `delivered`, of messages that the receiver answered with a refusal: they count
   * as rejected, and the others before `delivered` as sent. Default: none.
   */
  readonly refused?: readonly number[];
  /**
   * How long ago, in milliseconds, the oldest bytes may have been handed over that the peer has not acknowledged: since then
   * they may be lost. Default 0: it took everything, as far as is known.
   */
  readonly silentMs?: number;
  readonly cause?: unknown;
}

/** A batch was not sent, or not sent completely. The message names the host and port, never event content. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly code: TransportErrorCode;
  readonly retryable: boolean;
  readonly delivered: number;
  readonly refused: readonly number[];
  readonly silentMs: number;

  constructor(message: string, options: TransportErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.retryable = options.retryable;
    this.delivered = options.delivered ?? 0;
    this.refused = options.refused ?? [];
    this.silentMs = options.silentMs ?? 0;
  }
}

/** An option has a value it cannot have. Thrown while building, never while sending. */
export class OptionError extends Error {
  override readonly name = "OptionError";
  readonly option: string;

  constructor(option: string, rule: string, value: unknown) {
    super(`${option} must be ${rule}, got ${describeValue(value)}`);
    this.option = option;
  }
}

// Never prints a string: it may be a secret that landed in the wrong option.
function describeValue(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return value === null ? "null" : typeof value;
}
