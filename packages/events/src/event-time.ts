import { daysIn, isoMs } from "./iso-time.ts";

/** When an event happened, as far as it can be told. */
export interface EventTime {
  /** Milliseconds since 1970, whole. Null when the event has no usable time and no time of receipt was given. */
  readonly timeMs: number | null;
  /** The same instant as ISO 8601 text in UTC with milliseconds. */
  readonly time: string | undefined;
  /** `receipt`: the time is not the event's own but that of the receipt. */
  readonly timeSource: "receipt" | undefined;
}

const SECONDS_BELOW = 1e11;
// A day before 1970 may still lie in 1970 by UTC; earlier years must not reach Date.UTC, which reads 70 as 1970.
const FIRST_YEAR = 1969;
const FIRST_MS = 0;
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const MOST_AHEAD_MS = 24 * 60 * 60 * 1000;
const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?\s?(?:([Zz])|([+-])(\d\d):?(\d\d)?)?)?$/;
const NUMERIC = /^[+-]?\d{1,20}(?:\.\d{1,20})?$/;

/**
 * Reads the time of an event: ISO 8601 (UTC where it names no zone; second 60 reads as 59.999), a number or numeric text
 * (seconds below 1e11, else milliseconds), or a Date. A time that cannot be read, lies outside 1970–9999, or lies more than
 * 24 hours ahead of `nowMs` is replaced by `nowMs`.
 */
export function readEventTime(ts: unknown, nowMs?: number): EventTime {
  const now = nowMs !== undefined && isUsable(nowMs) ? Math.trunc(nowMs) : undefined;
  const latest = now === undefined ? LAST_MS : now + MOST_AHEAD_MS;
  // Most times are ISO text already, which then stands as it is.
  const isoTime = typeof ts === "string" ? isoMs(ts) : undefined;
  if (isoTime !== undefined && isoTime >= FIRST_MS && isoTime <= latest) {
    return { timeMs: isoTime, time: ts as string, timeSource: undefined };
  }
  const own = ownTimeMs(ts);
  if (own !== undefined && own <= latest) return { timeMs: own, time: isoText(own), timeSource: undefined };
  return now === undefined
    ? { timeMs: null, time: undefined, timeSource: undefined }
    : { timeMs: now, time: isoText(now), timeSource: "receipt" };
}

function isoText(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/** The `ts` of an event as the chain hashes it: text as given, a number as it prints, a Date as ISO text. */
export function timeText(ts: unknown): string | undefined {
  if (typeof ts === "string") return ts;
  if (typeof ts === "number" || typeof ts === "bigint") return String(ts);
  return ts instanceof Date && !Number.isNaN(ts.getTime()) ? ts.toISOString() : undefined;
}

function ownTimeMs(ts: unknown): number | undefined {
  const ms = typeof ts === "string" ? textMs(ts.trim()) : numberMs(ts instanceof Date ? ts.getTime() : ts);
  return ms !== undefined && isUsable(ms) ? ms : undefined;
}

function numberMs(value: unknown): number | undefined {
  if (typeof value !== "number" && typeof value !== "bigint") return undefined;
  const number = Number(value);
  return Math.round(number < SECONDS_BELOW ? number * 1000 : number);
}

function textMs(text: string): number | undefined {
  if (NUMERIC.test(text)) return numberMs(Number(text));
  const match = DATE_TIME.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  const hour = Number(match[4] ?? 0);
  const minute = Number(match[5] ?? 0);
  const second = Number(match[6] ?? 0);
  if (year < FIRST_YEAR || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const offset = offsetMinutes(match);
  if (offset === undefined) return undefined;
  const leap = second === 60;
  const millisecond = leap ? 999 : Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  return Date.UTC(year, month - 1, day, hour, minute, leap ? 59 : second, millisecond) - offset * 60_000;
}

function offsetMinutes(match: RegExpExecArray): number | undefined {
  if (match[9] === undefined) return 0;
  const hours = Number(match[10]);
  const minutes = Number(match[11] ?? 0);
  if (hours > 23 || minutes > 59) return undefined;
  return (match[9] === "-" ? -1 : 1) * (hours * 60 + minutes);
}

function isUsable(ms: number): boolean {
  return ms >= FIRST_MS && ms <= LAST_MS;
}
