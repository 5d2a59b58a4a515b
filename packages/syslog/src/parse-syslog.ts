import { readLine } from "./line-reader.ts";
import { readPriority } from "./priority.ts";
import { readRfc3164 } from "./read-rfc3164.ts";
import { readRfc5424 } from "./read-rfc5424.ts";
import type { SyslogMessage } from "./syslog-message.ts";
import { SyslogSyntaxError } from "./syslog-syntax-error.ts";
import { isTimestamp } from "./timestamp.ts";

export interface ParseSyslogOptions {
  /**
   * Milliseconds since 1970 UTC. RFC 3164 writes no year: its times are read in the year that brings them nearest to this
   * one. Default: the time of the call. RFC 5424 does not use it.
   */
  readonly nowMs?: number;
}

/**
 * Reads one line of RFC 5424 (a digit after PRI) or RFC 3164 (a capital letter), without framing and without a line end.
 * Strict: RFC 5424 by its grammar, version 1 only; RFC 3164 in the form that `formatRfc3164` writes, its time as UTC. A line
 * of either formatter gives that line again. Time and memory are linear in the line. The offset of a time may put it up to a
 * day outside of the years 0000–9999, which the formatters write as not known.
 *
 * Throws `SyslogSyntaxError` for any other line, and `RangeError` when `nowMs` is not in the years 0000–9999.
 */
export function parseSyslog(line: string, options: ParseSyslogOptions = {}): SyslogMessage {
  const { nowMs = Date.now() } = options;
  if (!isTimestamp(nowMs)) throw new RangeError("nowMs must be a time in the years 0000 to 9999");
  if (typeof (line as unknown) !== "string") throw new SyslogSyntaxError(0, "expected a text");
  // A syslog line is made of bytes, and no bytes are a lone surrogate.
  if (!line.isWellFormed()) {
    throw new SyslogSyntaxError(line.search(/\p{Cs}/u), "a line must not hold a lone surrogate");
  }
  const reader = readLine(line);
  const priority = readPriority(reader);
  return { ...priority, ...(startsMonth(reader.peek()) ? readRfc3164(reader, nowMs) : readRfc5424(reader)) };
}

function startsMonth(character: string): boolean {
  return character >= "A" && character <= "Z";
}
