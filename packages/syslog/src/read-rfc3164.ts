import { NIL } from "./header-field.ts";
import type { LineReader } from "./line-reader.ts";
import { isPrintable, readField } from "./read-field.ts";
import { parseRfc3164Time } from "./rfc3164-time.ts";
import type { SyslogMessage } from "./syslog-message.ts";

const TIME_LENGTH = "Mmm dd hh:mm:ss".length;
const MAX_TAG_LENGTH = 32;
const MAX_PID_LENGTH = 128;

/** Reads what follows PRI in a line of RFC 3164: `Mmm dd hh:mm:ss HOSTNAME TAG[PID]: content`, the time in UTC. */
export function readRfc3164(reader: LineReader, nowMs: number): Omit<SyslogMessage, "facility" | "severity"> {
  const timeMs = readTime(reader, nowMs);
  const hostname = readField(reader, "HOSTNAME", 255);
  const appName = reader.takeWhile(isAlphanumeric, MAX_TAG_LENGTH);
  if (appName === "") throw reader.error("TAG must be 1 to 32 letters and digits");
  const procId = readPid(reader);
  reader.expect(":", "TAG must be 1 to 32 letters and digits, then [PID] or nothing, then a colon");
  return {
    timeMs,
    ...(hostname === undefined ? {} : { hostname }),
    appName,
    ...(procId === undefined ? {} : { procId }),
    ...readContent(reader),
  };
}

function readTime(reader: LineReader, nowMs: number): number {
  const start = reader.position();
  const timeMs = parseRfc3164Time(reader.take(TIME_LENGTH), nowMs);
  if (timeMs === undefined) throw reader.error("TIMESTAMP must be Mmm dd hh:mm:ss, the day padded with a space", start);
  reader.expect(" ", "TIMESTAMP must be followed by a space");
  return timeMs;
}

function readPid(reader: LineReader): string | undefined {
  if (!reader.skip("[")) return undefined;
  const procId = reader.takeWhile(isPidCharacter, MAX_PID_LENGTH);
  if (procId === "") throw reader.error("PID must be 1 to 128 printable ASCII characters other than : [ and ]");
  reader.expect("]", "PID must end with ]");
  return procId === NIL ? undefined : procId;
}

function readContent(reader: LineReader): Pick<SyslogMessage, "message"> {
  if (reader.atEnd()) return {};
  reader.expect(" ", "the colon after TAG must be followed by a space");
  return { message: reader.takeRest() };
}

function isAlphanumeric(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}

function isPidCharacter(unit: number): boolean {
  return isPrintable(unit) && unit !== 0x3a && unit !== 0x5b && unit !== 0x5d;
}
