const LENGTH = 24;
const ZERO = 0x30;
const DAY_MS = 24 * 60 * 60 * 1000;
// Days from 0000-03-01, the day after any leap day of the year before, to 1970-01-01.
const DAYS_TO_1970 = 719_468;
// Makes the number that a pair of characters is a part of negative, whatever the other pairs are.
const NO_DIGITS = -1_000_000;

/**
 * Milliseconds since 1970 of a text of exactly the form that `Date.prototype.toISOString` writes, `2026-11-23T03:04:05.678Z`,
 * of the years 0000 to 9999. Undefined for any other text, leap seconds included. Far faster than a regular expression and
 * `Date.UTC`.
 */
export function isoMs(text: string): number | undefined {
  if (text.length !== LENGTH || !hasSeparators(text)) return undefined;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  // The middle digit is read twice, so that no digit is read alone.
  const millisecond = twoDigits(text, 20) * 10 + (twoDigits(text, 21) % 10);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return undefined;
  if (millisecond < 0 || twoDigits(text, 21) < 0) return undefined;
  return daysSince1970(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}

/** Days of a month, 1 to 12, in the Gregorian calendar. */
export function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function hasSeparators(text: string): boolean {
  return (
    text.charCodeAt(4) === 0x2d &&
    text.charCodeAt(7) === 0x2d &&
    text.charCodeAt(10) === 0x54 &&
    text.charCodeAt(13) === 0x3a &&
    text.charCodeAt(16) === 0x3a &&
    text.charCodeAt(19) === 0x2e &&
    text.charCodeAt(23) === 0x5a
  );
}

function twoDigits(text: string, index: number): number {
  const tens = text.charCodeAt(index) - ZERO;
  const ones = text.charCodeAt(index + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NO_DIGITS;
}

// Counting years from March on puts the leap day at the end, where it moves no other day.
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return shifted * 365 + leapDays + dayOfYear - DAYS_TO_1970;
}
