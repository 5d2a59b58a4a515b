import { NIL } from "./header-field.ts";

const FIRST_MS = Date.parse("0000-01-01T00:00:00.000Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** TIMESTAMP of RFC 5424 §6.2.3: always UTC, `Z` and three fraction digits; `-` for a time that is not known. */
export function formatTimestamp(timeMs: number | null): string {
  return isTimestamp(timeMs) ? new Date(timeMs).toISOString() : NIL;
}

/** Whether the time lies in the years 0000–9999, which four digits can hold. */
export function isTimestamp(timeMs: number | null): timeMs is number {
  return timeMs !== null && timeMs >= FIRST_MS && timeMs <= LAST_MS;
}

/**
 * Reads a TIMESTAMP of RFC 5424 §6.2.3 (not the nil value) as milliseconds since 1970 UTC; digits after the third fraction
 * digit are cut off. Undefined for anything the grammar or the calendar refuses, leap seconds included.
 */
export function parseTimestamp(text: string): number | undefined {
  if (!TIMESTAMP.test(text)) return undefined;
  const secondsMs = parseUtcSeconds(text.slice(0, 19));
  if (secondsMs === undefined) return undefined;
  const zone = text.endsWith("Z") ? "Z" : text.slice(-6);
  const fraction = text.slice(20, -zone.length);
  return secondsMs + Number(fraction.padEnd(3, "0").slice(0, 3)) - offsetMs(zone);
}

/** Reads `yyyy-mm-ddThh:mm:ss` as UTC. Undefined when there is no such second in the calendar. */
export function parseUtcSeconds(text: string): number | undefined {
  const timeMs = Date.parse(`${text}Z`);
  // Date.parse takes 30 February for 2 March and 24:00 for the next day.
  const exists = isTimestamp(timeMs) && new Date(timeMs).toISOString().startsWith(text);
  return exists ? timeMs : undefined;
}

function offsetMs(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}
