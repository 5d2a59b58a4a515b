import { matchAt, nextMatch, runEnd, type Scan } from "./scan.ts";
import type { Span } from "./span.ts";

const SCHEME = /\b(?:bearer|basic)(?=[ \t"':+%])/gi;
const GAP = /(?:%20|["': \t+]){1,8}/y;
const TOKEN = /[A-Za-z0-9._~+/=-]*/y;
const MIN_LENGTH = 8;
const LONG = 20;
const BASE64 = /^[A-Za-z0-9+/_-]{6,}={0,2}$/;
// A word of prose ("bearer authentication") is letters of one case after the first.
const NOT_A_WORD = /[0-9_~+/=]|[a-z][A-Z]|.[.-]./;

/** Bearer tokens (RFC 6750) and Basic credentials (RFC 7617) in free text, without the header around them. */
export function findAuthorization(scan: Scan, found: Span[]): void {
  for (let from = 0; ; ) {
    const match = nextMatch(scan, SCHEME, from);
    if (match === undefined) return;
    from = match.index + match[0].length;
    const gap = matchAt(scan, GAP, from);
    if (gap === undefined) continue;
    const start = from + gap[0].length;
    const end = trimmedEnd(scan.text, start, runEnd(scan, TOKEN, start));
    const token = scan.text.slice(start, end);
    scan.work += token.length;
    from = Math.max(from, end);
    if (match[0].length === 5 ? isBasic(token) : isBearer(token)) found.push({ start, end });
  }
}

/** The end of a token without the full stops and dashes of the sentence after it. */
function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && (text[last - 1] === "." || text[last - 1] === "-")) last--;
  return last;
}

function isBearer(token: string): boolean {
  return token.length >= LONG || (token.length >= MIN_LENGTH && NOT_A_WORD.test(token));
}

function isBasic(token: string): boolean {
  if (!BASE64.test(token)) return false;
  const credentials = Buffer.from(token, "base64").toString("latin1");
  return credentials.includes(":") && !/[\0-\x1f\x7f]/.test(credentials);
}
