import { type SiemConfig } from "./siem-config.ts";

/** A receiver that has a preset. */
export type ReceiverName =
  | "splunk"
  | "sc4s"
  | "rsyslog"
  | "syslog-ng"
  | "qradar"
  | "arcsight"
  | "elastic"
  | "logstash"
  | "graylog"
  | "sentinel"
  | "vector"
  | "fluent-bit"
  | "otel";

/** What a receiver, or nobody in particular, is sent where the configuration does not say. */
export interface SendingDefaults {
  readonly format: NonNullable<SiemConfig["format"]>;
  /** On TCP and TLS. A datagram is its own frame. */
  readonly framing: NonNullable<SiemConfig["framing"]>;
  /** The header before the event. */
  readonly syslog: NonNullable<SiemConfig["syslog"]>;
  /** Most bytes of one message on TCP and TLS, its header included. */
  readonly maxStreamBytes: number;
  /** Most bytes of one datagram. */
  readonly maxDatagramBytes: number;
  readonly cefNewlines: NonNullable<SiemConfig["cefNewlines"]>;
  readonly cefEquals: NonNullable<SiemConfig["cefEquals"]>;
}

/** What is known of a receiver: the settings that fit it, and how that is known. */
export interface ReceiverPreset extends SendingDefaults {
  readonly receiver: ReceiverName;
  /** Whether the receiver tests of this repository send with this preset to the receiver itself. */
  readonly tested: boolean;
  /** Where the settings come from, in words for `docs/receivers.md`. */
  readonly source: string;
}

/**
 * The defaults without a receiver. rsyslog cuts at 8096 bytes and reads the rest as another message; a datagram of 1400 is
 * never fragmented.
 */
export const generalDefaults: SendingDefaults = {
  format: "cef",
  framing: "newline",
  syslog: "rfc5424",
  maxStreamBytes: 8000,
  maxDatagramBytes: 1400,
  cefNewlines: "escape",
  cefEquals: "escape",
};

/**
 * The settings that fit each receiver as it listens by default, in the order of `docs/receivers.md`. No preset raises a limit
 * above the general one, since the relay in between may cut there, and none says anything about content.
 */
export const receiverPresets: readonly ReceiverPreset[] = [
  {
    ...generalDefaults,
    receiver: "splunk",
    tested: false,
    source: "vendor documentation (line breaking); limit of 10000 bytes and CEF at search time not confirmed",
  },
  {
    ...generalDefaults,
    receiver: "sc4s",
    tested: false,
    source: "source code read; its CEF expressions were run in syslog-ng, the product was not",
  },
  {
    ...generalDefaults,
    receiver: "rsyslog",
    tested: true,
    source: "receiver tests of this repository, rsyslog 8.2302",
  },
  {
    ...generalDefaults,
    receiver: "syslog-ng",
    framing: "octet-counting", // its RFC 5424 source, `syslog()`, takes nothing else and closes the connection
    tested: true,
    source: "receiver tests of this repository, syslog-ng 3.38",
  },
  {
    ...generalDefaults,
    receiver: "qradar",
    maxStreamBytes: 4096,
    maxDatagramBytes: 1024,
    tested: false,
    source: "vendor documentation (CEF:0); payload limits not confirmed",
  },
  {
    ...generalDefaults,
    receiver: "arcsight",
    syslog: "rfc3164", // the prefix that the CEF standard shows
    maxDatagramBytes: 1024, // RFC 3164 §4.1
    tested: false,
    source: "CEF standard (prefix, escapes), RFC 3164 (datagram); framing and limits not confirmed",
  },
  {
    ...generalDefaults,
    receiver: "elastic",
    tested: false,
    source: "vendor documentation (framing, limits); its CEF decoder was run, the product was not",
  },
  {
    ...generalDefaults,
    receiver: "logstash",
    tested: false,
    source: "source code read; the expressions of its CEF codec were run, the product was not",
  },
  {
    ...generalDefaults,
    receiver: "graylog",
    // It cannot read CEF safely (docs/threat-model.md, what cannot be guaranteed). For those who ask for CEF all the same,
    // no value holds an equals sign that could end a key.
    format: "json",
    cefEquals: "fullwidth",
    tested: false,
    source: "source code read; a port of its CEF decoder was run, the product was not",
  },
  {
    ...generalDefaults,
    receiver: "sentinel",
    // From RFC 5424 the forwarder's template makes `clawmetry[1] CEF:0|`, from this the usual `clawmetry[1]: CEF:0|`.
    syslog: "rfc3164",
    tested: false,
    source: "vendor documentation; rsyslog's forwarding template was run, the agent was not",
  },
  {
    ...generalDefaults,
    receiver: "vector",
    tested: false,
    source: "source code read; its CEF decoder was run, the product was not",
  },
  {
    ...generalDefaults,
    receiver: "fluent-bit",
    tested: false,
    source: "vendor documentation and source code read",
  },
  {
    ...generalDefaults,
    receiver: "otel",
    tested: false,
    source: "vendor documentation and source code read",
  },
];

/** The names of all receivers, in the order of the documentation. */
export const receiverNames: readonly ReceiverName[] = receiverPresets.map(({ receiver }) => receiver);

/** The defaults for a receiver. For none, and for a name that has no preset, the general ones. */
export function defaultsFor(receiver: ReceiverName | undefined): SendingDefaults {
  return receiverPresets.find((preset) => preset.receiver === receiver) ?? generalDefaults;
}
