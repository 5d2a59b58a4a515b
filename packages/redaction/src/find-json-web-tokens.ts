import { indexFrom, runEnd, type Scan } from "./scan.ts";
import type { Span } from "./span.ts";

const PREFIX = "eyJ"; // base64url of `{"`
const BODY = /[A-Za-z0-9_.=-]*/y;
const SHAPE = /^eyJ[A-Za-z0-9_-]{7,}={0,2}\.[A-Za-z0-9_-]{2,}/;
const HEADER = /^\{\s*"(?:alg|typ|kid|enc|cty|x5t|jku|zip)"/;
const HEADER_LENGTH = 16;

/** JSON Web Tokens, signed (RFC 7515), encrypted (RFC 7516) or cut off. */
export function findJsonWebTokens(scan: Scan, found: Span[]): void {
  for (let from = 0; ; ) {
    const start = indexFrom(scan, PREFIX, from);
    if (start === -1) return;
    from = runEnd(scan, BODY, start);
    const token = scan.text.slice(start, from).replace(/[.=-]$/, "");
    scan.work += token.length;
    if (SHAPE.test(token) || isHeader(token)) found.push({ start, end: start + token.length });
  }
}

// Without a dot it may be any JSON in base64: only that of a header is taken.
function isHeader(token: string): boolean {
  return HEADER.test(Buffer.from(token.slice(0, HEADER_LENGTH), "base64url").toString("latin1"));
}
