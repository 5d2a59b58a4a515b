/**
 * The name of every facility at the index of its number, 0–23 (RFC 5424 table 1). 0–11 and local0–7 are the names of
 * syslog.h; 12–15 (NTP, log audit, log alert, clock daemon) have none there.
 */
export const facilities: readonly string[] = [
  "kern",
  "user",
  "mail",
  "daemon",
  "auth",
  "syslog",
  "lpr",
  "news",
  "uucp",
  "cron",
  "authpriv",
  "ftp",
  "ntp",
  "audit",
  "alert",
  "clock",
  "local0",
  "local1",
  "local2",
  "local3",
  "local4",
  "local5",
  "local6",
  "local7",
];

/** Reads a facility: a name of `facilities` in any case, or a number 0–23, also as text without leading zeros. Else undefined. */
export function parseFacility(value: string | number): number | undefined {
  const text = String(value).toLowerCase();
  const number = facilities.findIndex((name, index) => text === name || text === String(index));
  return number === -1 ? undefined : number;
}
