import { facilities } from "@clawmetry/siem-syslog";
import * as v from "valibot";
import { receiverNames } from "./receiver-presets.ts";
import { settingChoices } from "./setting-choices.ts";
import { type SiemConfig } from "./siem-config.ts";

// The messages are the rule itself: `ConfigError` puts the name of the setting before it and the value after it.
const HOST_RULE = "a host name or an IP address without scheme, brackets or port, such as siem.example";
const FACILITY_RULE = "a number from 0 to 23 or a name such as local0";
const FINGERPRINT_RULE = "a SHA-256 fingerprint of 64 hex digits, with or without colons";

// No `u` or `i` flag: JSON Schema has no place for one.
const HOST = /^(?:[A-Za-z0-9._-]{1,253}|(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9._-]{1,32})?)$/;
const FINGERPRINT = /^(?:[Ss][Hh][Aa]-?256:)?(?:[0-9A-Fa-f]{64}|[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31})$/;
const FACILITY_NAMES = [...facilities, ...facilities.map((_name, number) => String(number))];

const tlsSchema = v.strictObject(
  {
    caFile: v.optional(pathText("PEM file with the certificates of the authorities. Default: those of Node.js.")),
    certFile: v.optional(pathText("PEM file with our certificate. Goes with keyFile.")),
    keyFile: v.optional(pathText("PEM file with the private key of certFile.")),
    keyPassphrase: v.optional(
      v.pipe(v.string("a text"), v.minLength(1, "a text"), v.description("What keyFile is encrypted with.")),
    ),
    servername: v.optional(
      v.pipe(v.string(HOST_RULE), v.regex(HOST, HOST_RULE), v.description("Name in the certificate. Default: host.")),
    ),
    fingerprint256: v.optional(
      v.pipe(
        v.string(FINGERPRINT_RULE),
        v.regex(FINGERPRINT, FINGERPRINT_RULE),
        v.description("SHA-256 of the collector's own certificate. Default: none."),
      ),
    ),
    minVersion: v.optional(choice(settingChoices["tls.minVersion"], "Oldest version of TLS. Default TLSv1.2.")),
  },
  "an object",
);

/** What a configuration may hold, in one place: parsing, rules in words, and the JSON Schema in `docs`. */
export const siemConfigSchema: v.GenericSchema<unknown, SiemConfig> = v.strictObject(
  {
    host: v.pipe(v.string(HOST_RULE), v.regex(HOST, HOST_RULE), v.description("Name or IP address of the collector.")),
    port: v.optional(integer(1, 65_535, "Default 514, with tcp-tls 6514.")),
    protocol: v.optional(
      v.pipe(
        choice(settingChoices.protocol, "Default udp; tls is tcp-tls."),
        v.transform((name) => (name === "tls" ? "tcp-tls" : name)),
      ),
    ),
    format: v.optional(choice(settingChoices.format, "Default cef.")),
    facility: v.optional(facility()),
    appName: v.optional(
      v.pipe(
        v.string("1 to 48 printable ASCII characters without spaces"),
        v.regex(/^[\x21-\x7e]{1,48}$/, "1 to 48 printable ASCII characters without spaces"),
        v.description("APP-NAME of RFC 5424. Default clawmetry."),
      ),
    ),
    syslog: v.optional(choice(settingChoices.syslog, "The header before the event. Default rfc5424.")),
    framing: v.optional(choice(settingChoices.framing, "How messages are told apart on TCP and TLS. Default newline.")),
    receiver: v.optional(choice(receiverNames, "What the collector is: sets what is not set here. Default: none.")),
    cefNewlines: v.optional(
      choice(settingChoices.cefNewlines, "How CEF writes a line break in a value. Default escape."),
    ),
    cefEquals: v.optional(
      choice(settingChoices.cefEquals, "How CEF writes an equals sign in a value. Default escape."),
    ),
    hostname: v.optional(label(255, "Name of this host. Default: the one of the system.")),
    content: v.optional(
      choice(settingChoices.content, "How much of what agents read and write is sent. Default tools, for JSON all."),
    ),
    jsonData: v.optional(choice(settingChoices.jsonData, "How data follows in JSON. Default object.")),
    tenant: v.optional(label(64, "Label on every event. Default: none.")),
    environment: v.optional(label(64, "Label on every event. Default: none.")),
    heartbeatSeconds: v.optional(integer(0, 86_400, "Seconds between two heartbeats. Default 300; 0: none.")),
    maxMessageBytes: v.optional(
      integer(480, 1_048_576, "Bytes of one message, its header included. Default 8000, over UDP 1400."),
    ),
    queueEvents: v.optional(integer(1, 10_000_000, "Events waiting at most. Default 10000.")),
    queueBytes: v.optional(integer(480, 17_179_869_184, "Bytes of the events waiting at most. Default 33554432.")),
    dropPolicy: v.optional(choice(settingChoices.dropPolicy, "What a full queue gives up. Default least-severe.")),
    tls: v.optional(tlsSchema),
  },
  "an object",
);

function integer(min: number, max: number, description: string): v.GenericSchema<number> {
  const rule = `an integer from ${min} to ${max}`;
  return v.pipe(
    v.number(rule),
    v.integer(rule),
    v.minValue(min, rule),
    v.maxValue(max, rule),
    v.description(description),
  );
}

function choice<const T extends readonly string[]>(names: T, description: string): v.GenericSchema<T[number]> {
  const rule = `${names.slice(0, -1).join(", ")} or ${names.at(-1) ?? ""}`;
  return v.pipe(v.picklist(names, rule), v.description(description));
}

function label(maxLength: number, description: string): v.GenericSchema<string> {
  const rule = `a text of 1 to ${maxLength} characters`;
  return v.pipe(v.string(rule), v.minLength(1, rule), v.maxLength(maxLength, rule), v.description(description));
}

function pathText(description: string): v.GenericSchema<string> {
  const rule = "the path of a PEM file";
  return v.pipe(v.string(rule), v.regex(/^[^\0\r\n]{1,4096}$/, rule), v.description(description));
}

// A number, or text that `parseFacility` of siem-syslog takes too.
function facility(): v.GenericSchema<string | number, number> {
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
    v.description("Number from 0 to 23, or a name such as local0. Default 16."),
    v.transform((value) => (typeof value === "number" ? value : FACILITY_NAMES.indexOf(value) % facilities.length)),
  );
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}
