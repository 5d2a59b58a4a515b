import { SyslogSyntaxError } from "./syslog-syntax-error.ts";

/** Reads a line from its start to its end, once. */
export interface LineReader {
  readonly position: () => number;
  readonly atEnd: () => boolean;
  /** The next code unit, empty at the end. */
  readonly peek: () => string;
  /** Whether the text comes next; moves past it if so. */
  readonly skip: (text: string) => boolean;
  /** Moves past the text, or throws that `reason` was not kept. */
  readonly expect: (text: string, reason: string) => void;
  /** Up to `count` code units. */
  readonly take: (count: number) => string;
  /** The next code units that are allowed, `maxCount` of them at most. */
  readonly takeWhile: (isAllowed: (unit: number) => boolean, maxCount: number) => string;
  /** All that is left. */
  readonly takeRest: () => string;
  /** An error to throw, at the current position unless told. */
  readonly error: (reason: string, position?: number) => SyslogSyntaxError;
}

/** Starts to read a line. */
export function readLine(line: string): LineReader {
  let position = 0;

  function skip(text: string): boolean {
    const found = line.startsWith(text, position);
    if (found) position += text.length;
    return found;
  }

  function take(count: number): string {
    const start = position;
    position = Math.min(line.length, start + count);
    return line.slice(start, position);
  }

  return {
    position: () => position,
    atEnd: () => position === line.length,
    peek: () => line.charAt(position),
    skip,
    expect(text, reason) {
      if (!skip(text)) throw new SyslogSyntaxError(position, reason);
    },
    take,
    takeWhile(isAllowed, maxCount) {
      const end = Math.min(line.length, position + maxCount);
      let count = 0;
      while (position + count < end && isAllowed(line.charCodeAt(position + count))) count++;
      return take(count);
    },
    takeRest: () => take(line.length),
    error: (reason, at = position) => new SyslogSyntaxError(at, reason),
  };
}
