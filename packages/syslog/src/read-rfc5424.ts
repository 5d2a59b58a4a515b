import { NIL } from "./header-field.ts";
import type { LineReader } from "./line-reader.ts";
import { isPrintable, readField } from "./read-field.ts";
import { readStructuredData } from "./read-structured-data.ts";
import type { SyslogMessage } from "./syslog-message.ts";
import { parseTimestamp } from "./timestamp.ts";

const MAX_TIMESTAMP_LENGTH = 32;
const BOM = "\ufeff";

/** Reads what follows PRI in a line of RFC 5424, by the grammar of its §6. */
export function readRfc5424(reader: LineReader): Omit<SyslogMessage, "facility" | "severity"> {
  reader.expect("1 ", "VERSION must be 1 and a space");
  const timeMs = readTimestamp(reader);
  const hostname = readField(reader, "HOSTNAME", 255);
  const appName = readField(reader, "APP-NAME", 48);
  const procId = readField(reader, "PROCID", 128);
  const msgId = readField(reader, "MSGID", 32);
  const structuredData = readStructuredData(reader);
  return {
    timeMs,
    ...(hostname === undefined ? {} : { hostname }),
    ...(appName === undefined ? {} : { appName }),
    ...(procId === undefined ? {} : { procId }),
    ...(msgId === undefined ? {} : { msgId }),
    ...(structuredData === undefined ? {} : { structuredData }),
    ...readMessage(reader),
  };
}

function readTimestamp(reader: LineReader): number | null {
  const rule =
    "TIMESTAMP must be - or yyyy-mm-ddThh:mm:ss with 1 to 6 fraction digits or none, then Z or an offset, then a space";
  const start = reader.position();
  const text = reader.takeWhile(isPrintable, MAX_TIMESTAMP_LENGTH);
  const timeMs = text === NIL ? null : parseTimestamp(text);
  if (timeMs === undefined) throw reader.error(rule, start);
  reader.expect(" ", rule);
  return timeMs;
}

function readMessage(reader: LineReader): Pick<SyslogMessage, "message" | "bom"> {
  if (reader.atEnd()) return {};
  reader.expect(" ", "STRUCTURED-DATA must be followed by a space or the end of the line");
  return reader.skip(BOM) ? { message: reader.takeRest(), bom: true } : { message: reader.takeRest() };
}
