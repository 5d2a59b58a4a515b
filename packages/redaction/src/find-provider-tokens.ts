import { type ProviderToken, providerTokens } from "./provider-tokens.ts";
import { isAlphanumeric, matchAt, nextMatch, runEnd, type Scan } from "./scan.ts";
import type { Span } from "./span.ts";

const HEAD_LENGTH = 64;
// One alternative per row, in the order of the table: of two rows that fit at a place the first one with enough behind it counts.
const ANCHOR = new RegExp(providerTokens.map(({ prefix }) => `(?:${prefix})`).join("|"), "g");
const ROWS = providerTokens.map((row) => ({
  row,
  prefix: new RegExp(row.prefix, "y"),
  // What is no token is given up after this, so that a text full of prefixes costs no more than any other.
  head: new RegExp(`[${row.characters}]{${row.least},${(row.most ?? HEAD_LENGTH) + 1}}`, "y"),
  body: new RegExp(`[${row.characters}]*`, "y"),
}));
const MIXED = /[0-9A-Z]/;
// The secret half of a pair of AWS keys: 40 characters of base64 right after the first half.
const AWS_SECRET = /[\s:,;|"'/=]{1,8}([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/])/y;

/** Tokens of providers that can be told by their prefix, and the secret that follows an AWS access key id. */
export function findProviderTokens(scan: Scan, found: Span[]): void {
  for (let from = 0; ; ) {
    const match = nextMatch(scan, ANCHOR, from);
    if (match === undefined) return;
    const start = match.index;
    from = start + 1;
    if (!startsWord(scan.text, start)) continue;
    const token = tokenAt(scan, start);
    if (token === undefined) continue;
    found.push({ start: token.start, end: token.end });
    from = token.row.provider === "aws" ? afterAwsPair(scan, token.end, found) : token.end;
  }
}

// The n of a line break that is written as `\n` is no part of a word, nor is the `bot` before the token in a Telegram URL.
function startsWord(text: string, start: number): boolean {
  if (start === 0 || !isAlphanumeric(text.charCodeAt(start - 1))) return true;
  return /\\[nrt]$|bot$/.test(text.slice(Math.max(0, start - 3), start));
}

function tokenAt(scan: Scan, at: number): { row: ProviderToken; start: number; end: number } | undefined {
  for (const { row, prefix, head, body } of ROWS) {
    const match = matchAt(scan, prefix, at);
    if (match === undefined) continue;
    const from = at + match[0].length;
    const first = matchAt(scan, head, from)?.[0];
    if (first === undefined || first.length > (row.most ?? Infinity)) continue;
    if (row.mixed === true && !MIXED.test(first)) continue;
    const end = trimmed(scan.text, from + row.least, runEnd(scan, body, from));
    return { row, start: row.keepsPrefix === true ? from : at, end };
  }
  return undefined;
}

function trimmed(text: string, least: number, end: number): number {
  return end > least && /[.-]/.test(text[end - 1] ?? "") ? end - 1 : end;
}

function afterAwsPair(scan: Scan, end: number, found: Span[]): number {
  const pair = matchAt(scan, AWS_SECRET, end);
  if (pair?.[1] === undefined) return end;
  const secretEnd = end + pair[0].length;
  found.push({ start: secretEnd - pair[1].length, end: secretEnd });
  return secretEnd;
}
