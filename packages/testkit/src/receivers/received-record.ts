/** One message as a receiver understood it, all text as it came. */
export interface ReceivedRecord {
  /** Name of the input that took it, as in `ports`. */
  readonly input: string;
  /** IP address of the sender. */
  readonly from: string;
  /** PRI, in decimal. */
  readonly pri: string;
  /** VERSION of the header. Absent with syslog-ng, which does not tell. */
  readonly version?: string;
  /** ISO 8601 with a zone. rsyslog keeps the form it was sent in; syslog-ng writes six digits and an offset. */
  readonly timestamp: string;
  readonly hostname: string;
  readonly appname: string;
  /** `-` when the message has none, as for `msgid` and `sd`. */
  readonly procid: string;
  readonly msgid: string;
  readonly sd: string;
  /** MSG. syslog-ng takes a byte order mark off. */
  readonly msg: string;
  /** The whole message: with syslog-ng what was received, with rsyslog after its escaping of control characters. */
  readonly rawmsg: string;
}

/**
 * Reads what the receivers write: one JSON object a line. A last line without its end is left for later, and one that a full
 * disk has cut is no record.
 */
export function parseRecords(text: string): ReceivedRecord[] {
  return text
    .split("\n")
    .slice(0, -1)
    .filter(isWhole)
    .map((line) => parseRecord(JSON.parse(line) as Fields));
}

type Fields = Readonly<Record<string, unknown>>;

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function parseRecord(fields: Fields): ReceivedRecord {
  // Newer syslog-ng writes numbers as JSON numbers.
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === "number" ? String(value) : typeof value === "string" ? value : "";
  };
  return {
    // syslog-ng adds a tag of its own behind ours.
    input: text("input").split(",")[0] ?? "",
    from: text("from"),
    pri: text("pri"),
    ...("version" in fields ? { version: text("version") } : {}),
    timestamp: text("timestamp"),
    hostname: text("hostname"),
    appname: text("appname"),
    // The nil value of RFC 5424 is empty in syslog-ng.
    procid: text("procid") || "-",
    msgid: text("msgid") || "-",
    sd: text("sd") || "-",
    msg: text("msg"),
    rawmsg: text("rawmsg"),
  };
}
