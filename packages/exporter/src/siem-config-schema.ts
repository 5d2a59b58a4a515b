import * as v from "valibot";
import { choice, facility, host, hosts, integer, label, pathOf, pins, share } from "./field-schemas.ts";
import { receiverNames } from "./receiver-presets.ts";
import { settingChoices } from "./setting-choices.ts";
import { type SiemMode, type SiemSettings, type SiemTarget } from "./siem-config.ts";
import { MAX_TARGETS } from "./target-settings.ts";

/** A configuration whose fields are well-formed, each for itself. */
export interface ParsedSiemConfig extends SiemSettings {
  readonly host?: string | undefined;
  readonly mode?: SiemMode | undefined;
  readonly targets?: readonly SiemTarget[] | undefined;
}

const APP_NAME_RULE = "1 to 48 printable ASCII characters without spaces";
const PEM_FILE = "a PEM file";
const TARGETS_RULE = `a list of 1 to ${MAX_TARGETS} targets`;

const tlsSchema = v.strictObject(
  {
    caFile: v.optional(
      pathOf(
        "a PEM file or of a folder with such files",
        "PEM file with the certificates of the authorities, or a folder of such files. Default: those of Node.js.",
      ),
    ),
    certFile: v.optional(pathOf(PEM_FILE, "PEM file with our certificate. Goes with keyFile.")),
    keyFile: v.optional(pathOf(PEM_FILE, "PEM file with the private key of certFile.")),
    keyPassphrase: v.optional(
      v.pipe(v.string("a text"), v.minLength(1, "a text"), v.description("What keyFile is encrypted with.")),
    ),
    servername: v.optional(host("Name in the certificate. Default: host.")),
    fingerprint256: v.optional(
      pins("SHA-256 of the collector's own certificate; with several, one of them must match. Default: none."),
    ),
    minVersion: v.optional(choice(settingChoices["tls.minVersion"], "Oldest version of TLS. Default TLSv1.2.")),
  },
  "an object",
);

const messageSettings = {
  port: v.optional(integer(1, 65_535, "Default 514, with tcp-tls 6514, with relp and relp-tls 2514.")),
  protocol: v.optional(
    v.pipe(
      choice(settingChoices.protocol, "Default udp; tls is tcp-tls."),
      v.transform((name) => (name === "tls" ? "tcp-tls" : name)),
    ),
  ),
  format: v.optional(choice(settingChoices.format, "Default cef.")),
  facility: v.optional(facility("Number from 0 to 23, or a name such as local0. Default 16.")),
  appName: v.optional(
    v.pipe(
      v.string(APP_NAME_RULE),
      v.regex(/^[\x21-\x7e]{1,48}$/, APP_NAME_RULE),
      v.description("APP-NAME of RFC 5424. Default clawmetry."),
    ),
  ),
  syslog: v.optional(choice(settingChoices.syslog, "The header before the event. Default rfc5424.")),
  framing: v.optional(
    choice(settingChoices.framing, "How messages are told apart with tcp and tcp-tls. Default newline."),
  ),
  receiver: v.optional(choice(receiverNames, "What the collector is: sets what is not set here. Default: none.")),
  cefNewlines: v.optional(
    choice(settingChoices.cefNewlines, "How CEF writes a line break in a value. Default escape."),
  ),
  cefEquals: v.optional(choice(settingChoices.cefEquals, "How CEF writes an equals sign in a value. Default escape.")),
};

const deliverySettings = {
  content: v.optional(
    choice(settingChoices.content, "How much of what agents read and write is sent. Default tools, for JSON all."),
  ),
  jsonData: v.optional(choice(settingChoices.jsonData, "How data follows in JSON. Default object.")),
  tenant: v.optional(label(64, "Label on every event. Default: none.")),
  environment: v.optional(label(64, "Label on every event. Default: none.")),
  lifecycleEvents: v.optional(
    choice(settingChoices.lifecycleEvents, "Events 9004 and 9005 at the start and the end. Default off."),
  ),
  heartbeatSeconds: v.optional(integer(0, 86_400, "Seconds between two heartbeats. Default 300; 0: none.")),
  maxMessageBytes: v.optional(
    integer(480, 1_048_576, "Bytes of one message, its header included. Default 8000, over UDP 1400."),
  ),
  queueEvents: v.optional(integer(1, 10_000_000, "Events waiting at most. Default 10000.")),
  queueBytes: v.optional(integer(480, 17_179_869_184, "Bytes of the events waiting at most. Default 33554432.")),
  dropPolicy: v.optional(choice(settingChoices.dropPolicy, "What a full queue gives up. Default least-severe.")),
  sessionShare: v.optional(share("Share of a full queue that the events of one session may take. Default 0.5.")),
  replayWindowMs: v.optional(
    integer(
      0,
      60_000,
      "What was handed over in so many milliseconds before a break is sent again. Default 2000, over UDP and RELP 0.",
    ),
  ),
  reconnectAfterMs: v.optional(
    integer(0, 86_400_000, "Age in milliseconds at which a connection is made anew. Not over UDP. Default 0: never."),
  ),
  relpWindow: v.optional(integer(1, 10_000, "Messages that may wait for their acknowledgement by RELP. Default 128.")),
  spoolDir: v.optional(
    pathOf(
      "a folder",
      "Folder for what waits, so that it survives the end of the process. Default: none, in memory alone.",
    ),
  ),
  spoolSync: v.optional(
    choice(settingChoices.spoolSync, "When what waits is synced to disk. Needs spoolDir. Default interval."),
  ),
  spoolMaxBytes: v.optional(
    integer(1_048_576, 17_179_869_184, "Bytes on disk at most. Needs spoolDir. Default 1073741824."),
  ),
};

const targetSchema = v.strictObject(
  {
    host: host("Name or IP address of one collector."),
    ...messageSettings,
    ...deliverySettings,
    tls: v.optional(tlsSchema),
  },
  "an object with the settings of one target",
);

/** What a configuration may hold, in one place: parsing, rules in words, and the JSON Schema in `docs`. */
export const siemConfigSchema: v.GenericSchema<unknown, ParsedSiemConfig> = v.strictObject(
  {
    host: v.optional(hosts("Name or IP address of the collector; several with commas between them.")),
    ...messageSettings,
    hostname: v.optional(label(255, "Name of this host. Default: the one of the system.")),
    ...deliverySettings,
    mode: v.optional(
      choice(
        settingChoices.mode,
        "Several targets: one at a time, the first that works, or all of them. Default failover.",
      ),
    ),
    tls: v.optional(tlsSchema),
    targets: v.optional(
      v.pipe(
        v.array(targetSchema, TARGETS_RULE),
        v.minLength(1, TARGETS_RULE),
        v.maxLength(MAX_TARGETS, TARGETS_RULE),
        v.description(
          "Several collectors, in place of host. In mode failover, a target sets host, port, protocol, framing, " +
            "maxMessageBytes, reconnectAfterMs, relpWindow and tls only.",
        ),
      ),
    ),
  },
  "an object",
);
