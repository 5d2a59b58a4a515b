/** A text while detectors go over it. */
export interface Scan {
  readonly text: string;
  /** How many characters were looked at, by all detectors together: what the tests hold against the length of the text. */
  work: number;
}

/** A fresh scan of a text. */
export function scanOf(text: string): Scan {
  return { text, work: 0 };
}

/**
 * The next match of a global pattern at or after `from`. The pattern must have no unbounded quantifier, so that each position
 * costs no more than a constant.
 */
export function nextMatch(scan: Scan, pattern: RegExp, from: number): RegExpExecArray | undefined {
  pattern.lastIndex = from;
  const match = pattern.exec(scan.text);
  scan.work += (match === null ? scan.text.length : match.index + match[0].length) - from;
  return match ?? undefined;
}

/** What a sticky pattern matches exactly at `at`, if anything. The pattern repeats one class of characters, or is bounded. */
export function matchAt(scan: Scan, pattern: RegExp, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(scan.text);
  scan.work += match === null ? 1 : match[0].length + 1;
  return match ?? undefined;
}

/** Where the match of a sticky pattern that may match nothing ends. */
export function runEnd(scan: Scan, pattern: RegExp, at: number): number {
  return at + (matchAt(scan, pattern, at)?.[0].length ?? 0);
}

/** The start of the run of characters that `belongs` accepts and that ends at `end`; never before `floor`. */
export function runStart(scan: Scan, end: number, floor: number, belongs: (code: number) => boolean): number {
  let start = end;
  while (start > floor && belongs(scan.text.charCodeAt(start - 1))) start--;
  scan.work += end - start + 1;
  return start;
}

/** `indexOf` that is counted. */
export function indexFrom(scan: Scan, needle: string, from: number): number {
  const index = scan.text.indexOf(needle, from);
  scan.work += (index === -1 ? scan.text.length : index + needle.length) - Math.min(from, scan.text.length);
  return index;
}

/** At most `length` characters before `end`. */
export function textBefore(scan: Scan, end: number, length: number): string {
  scan.work += length;
  return scan.text.slice(Math.max(0, end - length), end);
}

/** Whether the character is an ASCII letter or digit. */
export function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
