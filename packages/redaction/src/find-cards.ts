import { passesLuhn } from "./luhn.ts";
import { isAlphanumeric, matchAt, nextMatch, runEnd, type Scan, textBefore } from "./scan.ts";
import type { Span } from "./span.ts";

interface Brand {
  readonly name: string;
  readonly prefix: RegExp;
  readonly lengths: readonly number[];
}

// Issuer ranges as the card networks publish them. Of two that fit the first one counts.
const BRANDS: readonly Brand[] = [
  { name: "visa", prefix: /^4/, lengths: [13, 16, 19] },
  { name: "mastercard", prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { name: "amex", prefix: /^3[47]/, lengths: [15] },
  { name: "discover", prefix: /^(?:6011|64[4-9]|65)/, lengths: [16, 17, 18, 19] },
  { name: "jcb", prefix: /^35(?:2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { name: "diners", prefix: /^(?:30[0-5]|309|3[689])/, lengths: [14, 16, 19] },
  { name: "unionpay", prefix: /^62/, lengths: [16, 17, 18, 19] },
  { name: "maestro", prefix: /^(?:50|5[6-9]|6)/, lengths: [16, 18, 19] },
];
const START = /(?<![0-9])[2-6][0-9]{3}/g;
const GROUPS = /[0-9]{4}(?:[ \u00a0-][0-9]{2,7}){1,5}/y;
const PLAIN = /[0-9]{4,20}/y;
const ALL_DIGITS = /[0-9]*/y;
const UUID_BEFORE = /[0-9a-fA-F]{4}-$/;
const LEAST = 13;
const MOST = 19;

/** Numbers of payment cards of a known brand and length whose check digit fits (Luhn), in groups or not. */
export function findCards(scan: Scan, found: Span[]): void {
  for (let from = 0; ; ) {
    const match = nextMatch(scan, START, from);
    if (match === undefined) return;
    const start = match.index;
    const card = isStart(scan, start) ? cardAt(scan, start) : undefined;
    if (card !== undefined) found.push(card);
    from = card?.end ?? runEnd(scan, ALL_DIGITS, start);
  }
}

// Not within a word, a decimal or a UUID.
function isStart(scan: Scan, start: number): boolean {
  const before = scan.text[start - 1];
  if (before === undefined) return true;
  if (before === "." || before === "+") return false;
  if (isAlphanumeric(before.charCodeAt(0))) return /\\[nrt]$/.test(textBefore(scan, start, 2));
  return !UUID_BEFORE.test(textBefore(scan, start, 5));
}

function cardAt(scan: Scan, start: number): Span | undefined {
  const groups = matchAt(scan, GROUPS, start)?.[0];
  const grouped = groups === undefined ? undefined : groupedCard(scan.text, start, groups);
  if (grouped !== undefined) return grouped;
  const digits = matchAt(scan, PLAIN, start)?.[0] ?? "";
  return cardOf(scan.text, start, start + digits.length, digits);
}

// The longest number that ends with one of the groups; all separators must be alike.
function groupedCard(text: string, start: number, groups: string): Span | undefined {
  const separator = groups[4] ?? "";
  const parts = groups.split(separator);
  for (let count = parts.length; count > 1; count--) {
    const part = parts.slice(0, count);
    const digits = part.join("");
    if (!/^[0-9]*$/.test(digits)) continue;
    const card = cardOf(text, start, start + part.join(separator).length, digits);
    if (card !== undefined) return card;
  }
  return undefined;
}

function cardOf(text: string, start: number, end: number, digits: string): Span | undefined {
  if (digits.length < LEAST || digits.length > MOST || !endsNumber(text, end) || !passesLuhn(digits)) return undefined;
  const brand = BRANDS.find(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits));
  return brand === undefined ? undefined : { start, end, placeholder: `[card:${brand.name}]` };
}

function endsNumber(text: string, end: number): boolean {
  const after = text.charCodeAt(end);
  if (isAlphanumeric(after) || after === 0x5f) return false;
  return !((after === 0x2e || after === 0x2d) && isAlphanumeric(text.charCodeAt(end + 1)));
}
