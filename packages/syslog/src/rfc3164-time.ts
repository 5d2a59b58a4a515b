import { formatTimestamp, isTimestamp, parseUtcSeconds } from "./timestamp.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const TIME = /^[A-Z][a-z]{2} (?: [1-9]|[123]\d) \d\d:\d\d:\d\d$/;
/** From one 29 February to the next it is up to 8 years, around a century that is no leap year. */
const MAX_LEAP_GAP = 8;

/** TIMESTAMP of RFC 3164 §4.1.2, `Mmm dd hh:mm:ss` with the day padded by a space, in UTC. A time that is not known is that of 1970. */
export function formatRfc3164Time(timeMs: number | null): string {
  const iso = formatTimestamp(isTimestamp(timeMs) ? timeMs : 0);
  const month = MONTHS[Number(iso.slice(5, 7)) - 1] ?? "";
  return `${month} ${String(Number(iso.slice(8, 10))).padStart(2)} ${iso.slice(11, 19)}`;
}

/**
 * Reads a TIMESTAMP of RFC 3164 as UTC, in the year that brings it nearest to `nowMs` (the earlier of two) and that has such a
 * day. Undefined for anything else than `Mmm dd hh:mm:ss` with a space before a one-digit day.
 */
export function parseRfc3164Time(text: string, nowMs: number): number | undefined {
  const month = MONTHS.indexOf(text.slice(0, 3)) + 1;
  if (month === 0 || !TIME.test(text)) return undefined;
  const day = text.slice(4, 6).replace(" ", "0");
  const rest = `-${String(month).padStart(2, "0")}-${day}T${text.slice(7)}`;
  const year = new Date(nowMs).getUTCFullYear();
  let nearest: number | undefined;
  for (let candidate = year - MAX_LEAP_GAP; candidate <= year + MAX_LEAP_GAP; candidate++) {
    const timeMs = parseUtcSeconds(String(candidate).padStart(4, "0") + rest);
    if (timeMs === undefined) continue;
    if (nearest === undefined || Math.abs(timeMs - nowMs) < Math.abs(nearest - nowMs)) nearest = timeMs;
  }
  return nearest;
}
