import { type TransportErrorCode } from "./errors.ts";

/** What the sender needs to know of a failed send. */
export interface Failure {
  readonly code: TransportErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  /** From 0 to the length of the batch. */
  readonly delivered: number;
  /** Places of the messages among those delivered that the receiver refused, rising. */
  readonly refused: readonly number[];
  /** For how long nothing may have arrived. At least 0. */
  readonly silentMs: number;
}

const CODES: readonly unknown[] = ["connect", "timeout", "closed", "refused", "io", "too_large"];

/**
 * Reads what a send of `count` messages was rejected with, by its properties: the error class may come from another copy
 * of this package. Anything but a `TransportError` counts as a broken connection that delivered nothing, and its own
 * words are left out, since they may hold event content.
 */
export function readFailure(error: unknown, count: number): Failure {
  const { name, code, message, retryable, delivered, refused, silentMs } = Object(error) as Record<string, unknown>;
  if (name !== "TransportError" || !isCode(code) || typeof retryable !== "boolean") {
    return {
      code: "io",
      message: "transport failed without a TransportError",
      retryable: true,
      delivered: 0,
      refused: [],
      silentMs: 0,
    };
  }
  const counts = { delivered: clampCount(delivered, count), silentMs: clampCount(silentMs, Infinity) };
  return { code, message: String(message), retryable, ...counts, refused: readPlaces(refused, counts.delivered) };
}

function isCode(value: unknown): value is TransportErrorCode {
  return CODES.includes(value);
}

function clampCount(value: unknown, count: number): number {
  return typeof value === "number" && value > 0 ? Math.min(count, Math.floor(value)) : 0;
}

function readPlaces(value: unknown, count: number): readonly number[] {
  if (!Array.isArray(value)) return [];
  const places = value.filter((place): place is number => Number.isInteger(place) && place >= 0 && place < count);
  return [...new Set(places)].sort((one, other) => one - other);
}
