import { headerField } from "./header-field.ts";
import { messageText } from "./message-text.ts";
import { formatPriority } from "./priority.ts";
import { formatStructuredData } from "./structured-data.ts";
import type { SyslogMessage } from "./syslog-message.ts";
import { formatTimestamp } from "./timestamp.ts";

/** U+FEFF before MSG says that it is UTF-8 (RFC 5424 §6.4). */
const BOM = "\ufeff";

/**
 * Writes a message as one line of RFC 5424, without a line end. Never throws and never writes a control character: header
 * fields are `_` where they are not printable ASCII, cut to their length and `-` when empty; the message has its line breaks
 * as spaces; parameter values are cleaned and escaped. A message that starts with U+FEFF has its byte order mark already.
 */
export function formatRfc5424(message: SyslogMessage): string {
  const pri = formatPriority(message);
  const time = formatTimestamp(message.timeMs);
  const hostname = headerField(message.hostname, 255);
  const appName = headerField(message.appName, 48);
  const procId = headerField(message.procId, 128);
  const msgId = headerField(message.msgId, 32);
  const head = `${pri}1 ${time} ${hostname} ${appName} ${procId} ${msgId} ${formatStructuredData(message.structuredData)}`;
  if (message.message === undefined) return head;
  return `${head} ${message.bom === true ? BOM : ""}${messageText(message.message)}`;
}
