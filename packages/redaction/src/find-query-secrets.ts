import { nextMatch, runEnd, type Scan } from "./scan.ts";
import type { Span } from "./span.ts";

const PARAMETER =
  /[?&;#](?:(?:x-)?(?:amz-|goog-|ms-)?(sig|signature|hmac)|(pass|pw|pwd)|(key|code|auth|ticket|assertion|jwt))=/gi;
const VALUE = /[^\s&#"'`<>;\\]*/y;
const LEAST_SIGNATURE = 8;
const LEAST_KEY = 16;

/**
 * Values of query parameters whose names are too common to be looked for anywhere else: signatures (at least 8 characters),
 * `pass`, and `key`, `code`, `auth` and their like (at least 16).
 */
export function findQuerySecrets(scan: Scan, found: Span[]): void {
  for (let from = 0; ; ) {
    const match = nextMatch(scan, PARAMETER, from);
    if (match === undefined) return;
    const start = match.index + match[0].length;
    from = runEnd(scan, VALUE, start);
    const least = match[1] !== undefined ? LEAST_SIGNATURE : match[2] !== undefined ? 1 : LEAST_KEY;
    if (from - start >= least) found.push({ start, end: from });
  }
}
