import { indexFrom, isAlphanumeric, matchAt, nextMatch, runEnd, runStart, type Scan } from "./scan.ts";
import type { Span } from "./span.ts";

const BEGIN = "BEGIN ";
const MARKER = /-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,16} ?-{4,5}/y;
const END = /-{4,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,16} ?-{4,5}/g;
const PUTTY = "Private-Lines:";
const PUTTY_END = /Private-MAC:[ \t]{0,4}[0-9a-f]{0,128}/g;
const DASHES = 6;
const REST = /[^]*/y;
// Line breaks differ between a file and a JSON string that holds it; the key is the same.
const LAYOUT = /\\[nrt]|\s/g;

/**
 * Private keys in PEM (RFC 7468; also OpenSSH, PGP, SSH2) and PuTTY files, with line breaks real or written as `\n`. One
 * that does not end reaches to the end of the text.
 */
export function findPrivateKeys(scan: Scan, found: Span[]): void {
  const last = findBlocks(scan, found);
  findEnds(scan, last, found);
  for (let from = 0; ; ) {
    const start = indexFrom(scan, PUTTY, from);
    if (start === -1) return;
    from = endOf(scan, PUTTY_END, start);
    found.push({ start, end: from });
  }
}

// Gives back where each block ends.
function findBlocks(scan: Scan, found: Span[]): ReadonlySet<number> {
  const ends = new Set<number>();
  for (let from = 0; ; ) {
    const place = indexFrom(scan, BEGIN, from);
    if (place === -1) return ends;
    from = place + BEGIN.length;
    const start = markerStart(scan, place);
    if (start === undefined) continue;
    from = endOf(scan, END, from);
    ends.add(from);
    found.push({ start, end: from, secret: scan.text.slice(start, from).replace(LAYOUT, "") });
  }
}

// The end of a key whose beginning was cut off: base64 up to a blank before it.
function findEnds(scan: Scan, known: ReadonlySet<number>, found: Span[]): void {
  for (let from = 0; ; ) {
    const match = nextMatch(scan, END, from);
    if (match === undefined) return;
    const floor = from;
    from = match.index + match[0].length;
    if (known.has(from)) continue;
    const start = runStart(scan, match.index, floor, isBase64OrBreak);
    found.push({ start, end: from, secret: scan.text.slice(start, from).replace(LAYOUT, "") });
  }
}

function isBase64OrBreak(code: number): boolean {
  return isAlphanumeric(code) || [0x0a, 0x0d, 0x2b, 0x2f, 0x3d, 0x5c].includes(code);
}

function markerStart(scan: Scan, begin: number): number | undefined {
  for (let start = Math.max(0, begin - DASHES); start < begin; start++) {
    if (matchAt(scan, MARKER, start) !== undefined) return start;
  }
  return undefined;
}

function endOf(scan: Scan, pattern: RegExp, from: number): number {
  pattern.lastIndex = from;
  const match = pattern.exec(scan.text);
  const end = match === null ? runEnd(scan, REST, from) : match.index + match[0].length;
  scan.work += end - from;
  return end;
}
