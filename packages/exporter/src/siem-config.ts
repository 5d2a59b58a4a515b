import { type CefEncoding } from "@clawmetry/siem-cef";
import { type DropPolicy } from "@clawmetry/siem-core";
import { type ContentPolicy } from "@clawmetry/siem-events";
import { type JsonData } from "@clawmetry/siem-json";
import { type ReceiverName } from "./receiver-presets.ts";

/** Who the collector must be, and who we are. Only with `tcp-tls`. Files are PEM, and read again at every connect. */
export interface SiemTlsConfig {
  /** Certificates of the authorities that may have signed the collector's. Default: those that Node.js brings. */
  readonly caFile?: string | undefined;
  /** Our certificate, for a collector that asks for one. Goes with `keyFile`. */
  readonly certFile?: string | undefined;
  /** The private key of `certFile`. */
  readonly keyFile?: string | undefined;
  /** What `keyFile` is encrypted with. Never printed. */
  readonly keyPassphrase?: string | undefined;
  /** The name or IP address that the collector's certificate must hold. Default: `host`. */
  readonly servername?: string | undefined;
  /** SHA-256 of the collector's own certificate: 64 hex digits, with or without colons (RFC 5425 §4.2.2). Default: none. */
  readonly fingerprint256?: string | undefined;
  /** Oldest version of TLS to speak. Default `TLSv1.2`. */
  readonly minVersion?: "TLSv1.2" | "TLSv1.3" | undefined;
}

/** One destination and what is sent to it. `host` is all it needs. */
export interface SiemConfig {
  /** Name or IP address of the collector, without scheme, brackets or port. */
  readonly host: string;
  /** 1–65535. Default 514, with `tcp-tls` 6514. */
  readonly port?: number | undefined;
  /** Default `udp`. The alias `tls` of `tcp-tls` is for the environment, the section and callers without types. */
  readonly protocol?: "udp" | "tcp" | "tcp-tls" | undefined;
  /** Default `cef`, or what the receiver reads safely. */
  readonly format?: "cef" | "json" | undefined;
  /** Syslog facility, 0–23 (RFC 5424 §6.2.1). Default 16, local0. A name is for the environment, as above. */
  readonly facility?: number | undefined;
  /** APP-NAME: 1–48 printable ASCII characters (RFC 5424 §6.2.5). Default `clawmetry`. */
  readonly appName?: string | undefined;
  /** The header before the event: RFC 5424, RFC 3164 or none. Default `rfc5424`. */
  readonly syslog?: "rfc5424" | "rfc3164" | "none" | undefined;
  /** How messages are told apart on TCP and TLS (RFC 6587 §3.4). Default `newline`. */
  readonly framing?: "newline" | "octet-counting" | undefined;
  /**
   * What the collector is: its preset stands in for `format`, `syslog`, `framing`, `cefNewlines`, `cefEquals` and
   * `maxMessageBytes` where they are not set, and changes nothing else, `content` neither. Default: none.
   */
  readonly receiver?: ReceiverName | undefined;
  /** A line break in a value of CEF: `\n`, or a space for decoders that show the two characters. Default `escape`. */
  readonly cefNewlines?: CefEncoding["newlines"];
  /** An equals sign in a value of CEF: `\=`, or U+FF1D for decoders that drop escapes before they find keys. Default `escape`. */
  readonly cefEquals?: CefEncoding["equals"];
  /** Name of this host, in the header and in the event. At most 255 characters. Default: the one of the system. */
  readonly hostname?: string | undefined;
  /** How much of what agents read and write is sent. Default `tools` for CEF, `all` for JSON. */
  readonly content?: ContentPolicy | undefined;
  /** How `data` follows in JSON. Default `object`. */
  readonly jsonData?: JsonData | undefined;
  /** Label on every event, at most 64 characters. Default: none. */
  readonly tenant?: string | undefined;
  /** Label on every event, at most 64 characters. Default: none. */
  readonly environment?: string | undefined;
  /** Seconds between two heartbeats, 0–86400. Default 300; 0: none. */
  readonly heartbeatSeconds?: number | undefined;
  /** UTF-8 bytes of one message as sent, its header included: 480–1048576, over UDP 480–65507. Default 8000, over UDP 1400. */
  readonly maxMessageBytes?: number | undefined;
  /** Events waiting at most: 1–10000000. Default 10 000. */
  readonly queueEvents?: number | undefined;
  /** UTF-8 bytes of all events waiting at most: `maxMessageBytes`–17179869184. Default 33 554 432 (32 MiB). */
  readonly queueBytes?: number | undefined;
  /** What a full queue gives up. Default `least-severe`. */
  readonly dropPolicy?: DropPolicy | undefined;
  readonly tls?: SiemTlsConfig | undefined;
}
