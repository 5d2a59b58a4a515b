import { isAlphanumeric, nextMatch, type Scan } from "./scan.ts";
import type { Span } from "./span.ts";

// Lengths by country, SWIFT IBAN registry.
const LENGTHS: Readonly<Record<string, number>> = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  AZ: 28,
  BA: 20,
  BE: 16,
  BG: 22,
  BH: 22,
  BI: 27,
  BR: 29,
  BY: 28,
  CH: 21,
  CR: 22,
  CY: 28,
  CZ: 24,
  DE: 22,
  DJ: 27,
  DK: 18,
  DO: 28,
  EE: 20,
  EG: 29,
  ES: 24,
  FI: 18,
  FK: 18,
  FO: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GL: 18,
  GR: 27,
  GT: 28,
  HN: 28,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IQ: 23,
  IS: 26,
  IT: 27,
  JO: 30,
  KW: 30,
  KZ: 20,
  LB: 28,
  LC: 32,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  LY: 25,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MN: 20,
  MR: 27,
  MT: 31,
  MU: 30,
  NI: 28,
  NL: 18,
  NO: 15,
  OM: 23,
  PK: 24,
  PL: 28,
  PS: 29,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  RU: 33,
  SA: 24,
  SC: 31,
  SD: 18,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  SO: 23,
  ST: 25,
  SV: 28,
  TL: 23,
  TN: 24,
  TR: 26,
  UA: 29,
  VA: 22,
  VG: 24,
  XK: 20,
  YE: 30,
};
const PLACEHOLDER = "[iban]";
const START = /(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}(?=[ \u00a0-]?[A-Za-z0-9]{2})/g;

/** International bank account numbers (ISO 13616) of a known country and length whose check digits fit (mod 97), in groups or not. */
export function findIbans(scan: Scan, found: Span[]): void {
  for (let from = 0; ; ) {
    const match = nextMatch(scan, START, from);
    if (match === undefined) return;
    const start = match.index;
    const end = ibanEnd(scan, start);
    if (end !== undefined) found.push({ start, end, placeholder: PLACEHOLDER });
    from = end ?? start + match[0].length;
  }
}

function ibanEnd(scan: Scan, start: number): number | undefined {
  const { text } = scan;
  const length = LENGTHS[text.slice(start, start + 2).toUpperCase()] ?? 0;
  let characters = "";
  let end = start;
  for (; characters.length < length; end++) {
    const code = text.charCodeAt(end);
    if (isAlphanumeric(code)) characters += text.charAt(end);
    else if (!isGap(code) || !isAlphanumeric(text.charCodeAt(end - 1))) break;
  }
  scan.work += end - start;
  const complete = length > 0 && characters.length === length && !isAlphanumeric(text.charCodeAt(end));
  return complete && remainder(characters) === 1 ? end : undefined;
}

function isGap(code: number): boolean {
  return code === 0x20 || code === 0xa0 || code === 0x2d;
}

function remainder(iban: string): number {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
