import { facilities } from "@clawmetry/siem-syslog";
import * as v from "valibot";

// The messages are the rule itself: `ConfigError` puts the name of the setting before it and the value after it.
const HOST_RULE = "a host name or an IP address without scheme, brackets or port, such as siem.example";
const FACILITY_RULE = "a number from 0 to 23 or a name such as local0";
const PIN_RULE = "a SHA-256 fingerprint of 64 hex digits, with or without colons, or several with commas between them";
const SHARE_RULE = "a number above 0 and at most 1, such as 0.5";

/** What the setting `host` must be. */
export const HOSTS_RULE: string = `${HOST_RULE}, or several with commas between them`;

// No `u` or `i` flag: JSON Schema has no place for one.
const ONE_HOST = "(?:[A-Za-z0-9._-]{1,253}|(?=[^:,]*:[^:,]*:)[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9._-]{1,32})?)";
const HOST = new RegExp(`^${ONE_HOST}$`);
const HOSTS = new RegExp(`^ *${ONE_HOST}(?: *, *${ONE_HOST})* *$`);
const ONE_PIN = "(?:[Ss][Hh][Aa]-?256:)?(?:[0-9A-Fa-f]{64}|[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31})";
const PIN = new RegExp(`^${ONE_PIN}$`);
const PINS = new RegExp(`^[\\s,]*${ONE_PIN}(?:[\\s,]+${ONE_PIN})*[\\s,]*$`);
const FACILITY_NAMES = [...facilities, ...facilities.map((_name, number) => String(number))];

/** One host name or IP address. */
export function host(description: string): v.GenericSchema<string> {
  return v.pipe(v.string(HOST_RULE), v.regex(HOST, HOST_RULE), v.description(description));
}

/** Host names and IP addresses with commas between them, at least one. */
export function hosts(description: string): v.GenericSchema<string> {
  return v.pipe(v.string(HOSTS_RULE), v.regex(HOSTS, HOSTS_RULE), v.description(description));
}

/** SHA-256 fingerprints: a text with one or several, or a list. */
export function pins(description: string): v.GenericSchema<string | readonly string[]> {
  const list = v.pipe(v.array(v.pipe(v.string(PIN_RULE), v.regex(PIN, PIN_RULE)), PIN_RULE), v.minLength(1, PIN_RULE));
  const text = v.pipe(v.string(PIN_RULE), v.regex(PINS, PIN_RULE));
  return v.pipe(v.union([text, list], PIN_RULE), v.description(description));
}

/** A whole number within bounds. */
export function integer(min: number, max: number, description: string): v.GenericSchema<number> {
  const rule = `an integer from ${min} to ${max}`;
  return v.pipe(
    v.number(rule),
    v.integer(rule),
    v.minValue(min, rule),
    v.maxValue(max, rule),
    v.description(description),
  );
}

/** A number above 0 and at most 1. */
export function share(description: string): v.GenericSchema<number> {
  return v.pipe(v.number(SHARE_RULE), v.gtValue(0, SHARE_RULE), v.maxValue(1, SHARE_RULE), v.description(description));
}

/** One of several names. */
export function choice<const T extends readonly string[]>(names: T, description: string): v.GenericSchema<T[number]> {
  const rule = `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`;
  return v.pipe(v.picklist(names, rule), v.description(description));
}

/** A text that is not empty. */
export function label(maxLength: number, description: string): v.GenericSchema<string> {
  const rule = `a text of 1 to ${maxLength} characters`;
  return v.pipe(v.string(rule), v.minLength(1, rule), v.maxLength(maxLength, rule), v.description(description));
}

/** The path of what `kind` names. */
export function pathOf(kind: string, description: string): v.GenericSchema<string> {
  const rule = `the path of ${kind}`;
  return v.pipe(v.string(rule), v.regex(/^[^\0\r\n]{1,4096}$/, rule), v.description(description));
}

/** A syslog facility: a number, or text that `parseFacility` of siem-syslog takes too. Gives the number. */
export function facility(description: string): v.GenericSchema<string | number, number> {
  return v.pipe(
    v.union(
      [
        v.pipe(
          v.number(FACILITY_RULE),
          v.integer(FACILITY_RULE),
          v.minValue(0, FACILITY_RULE),
          v.maxValue(23, FACILITY_RULE),
        ),
        v.pipe(v.string(FACILITY_RULE), v.transform(lowerCase), v.picklist(FACILITY_NAMES, FACILITY_RULE)),
      ],
      FACILITY_RULE,
    ),
    v.description(description),
    v.transform((value) => (typeof value === "number" ? value : FACILITY_NAMES.indexOf(value) % facilities.length)),
  );
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}
