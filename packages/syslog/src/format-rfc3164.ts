import { headerField, NIL, replaceForbidden } from "./header-field.ts";
import { messageText } from "./message-text.ts";
import { formatPriority } from "./priority.ts";
import { formatRfc3164Time } from "./rfc3164-time.ts";
import type { SyslogMessage } from "./syslog-message.ts";

const MAX_TAG_LENGTH = 32;
const NOT_IN_TAG = /[^A-Za-z0-9]+/g;
const NO_TAG = "unknown";
const NOT_IN_PID = /[^\x21-\x39\x3b-\x5a\x5c\x5e-\x7e]/gu;

/**
 * Writes a message as one line of RFC 3164, `<PRI>Mmm dd hh:mm:ss HOSTNAME TAG[PID]: content`, in UTC and without a line
 * end. Never throws and never writes a control character.
 *
 * There is always a TAG, so that no relay takes `CEF:` for one: the letters and digits of the name, 32 at most, else
 * `unknown`. Without a process id there is no `[PID]`; without a host name there is `-`; a time that is not known is
 * `Jan  1 00:00:00`. The line has no place for year, milliseconds, message id, structured data and byte order mark.
 */
export function formatRfc3164(message: SyslogMessage): string {
  const time = formatRfc3164Time(message.timeMs);
  const hostname = headerField(message.hostname, 255);
  const head = `${formatPriority(message)}${time} ${hostname} ${tag(message.appName)}${pid(message.procId)}:`;
  return message.message === undefined ? head : `${head} ${messageText(message.message)}`;
}

function tag(appName = ""): string {
  const name = appName.replace(NOT_IN_TAG, "").slice(0, MAX_TAG_LENGTH);
  return name === "" ? NO_TAG : name;
}

// Receivers end the TAG at `[`, `]` or `:`, so none of them may stand in the process id.
function pid(procId = ""): string {
  return procId === "" || procId === NIL ? "" : `[${replaceForbidden(procId, NOT_IN_PID, 128)}]`;
}
