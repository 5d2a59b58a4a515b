import type { LineReader } from "./line-reader.ts";
import type { SyslogMessage } from "./syslog-message.ts";

// RFC 3164 §4.3.3: what a relay writes for a PRI that it cannot make out, <13>.
const USER = 1;
const NOTICE = 5;

/** PRI with its brackets, always valid: `<0>` to `<191>` (RFC 5424 §6.2.1). */
export function formatPriority({ facility, severity }: SyslogMessage): string {
  return `<${(isWithin(facility, 23) ? facility : USER) * 8 + (isWithin(severity, 7) ? severity : NOTICE)}>`;
}

/** Reads PRI at the start of a line. */
export function readPriority(reader: LineReader): Pick<SyslogMessage, "facility" | "severity"> {
  reader.expect("<", "a line must begin with <PRI>");
  const start = reader.position();
  const digits = reader.takeWhile(isDigit, 3);
  const value = Number(digits);
  if (digits === "" || value > 191 || digits !== String(value)) {
    throw reader.error("PRI must be a number from 0 to 191 without leading zeros", start);
  }
  reader.expect(">", "PRI must end with >");
  return { facility: value >> 3, severity: value & 7 };
}

function isWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}
