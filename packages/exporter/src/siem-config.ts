import { type CefEncoding } from "@clawmetry/siem-cef";
import { type DropPolicy } from "@clawmetry/siem-core";
import { type ContentPolicy } from "@clawmetry/siem-events";
import { type JsonData } from "@clawmetry/siem-json";
import { type ReceiverName } from "./receiver-presets.ts";

/** Who the collector must be, and who we are. Only with `tcp-tls` and `relp-tls`. Files are PEM, and read again at every connect. */
export interface SiemTlsConfig {
  /**
   * Certificates of the authorities that may have signed the collector's: a file, or a folder whose files hold them. Default:
   * those that Node.js brings.
   */
  readonly caFile?: string | undefined;
  /** Our certificate, for a collector that asks for one. Goes with `keyFile`. */
  readonly certFile?: string | undefined;
  /** The private key of `certFile`. */
  readonly keyFile?: string | undefined;
  /** What `keyFile` is encrypted with. Never printed. */
  readonly keyPassphrase?: string | undefined;
  /** The name or IP address that the collector's certificate must hold. Default: `host`. */
  readonly servername?: string | undefined;
  /**
   * SHA-256 of the collector's own certificate: 64 hex digits, with or without colons (RFC 5425 §4.2.2). Several, for a change
   * of certificates, as a list or with commas between them: one of them must match. Default: none.
   */
  readonly fingerprint256?: string | readonly string[] | undefined;
  /** Oldest version of TLS to speak. Default `TLSv1.2`. */
  readonly minVersion?: "TLSv1.2" | "TLSv1.3" | undefined;
}

/** What is sent, and how. All of it has defaults. */
export interface SiemSettings {
  /** 1–65535. Default 514, with `tcp-tls` 6514, with `relp` and `relp-tls` 2514. */
  readonly port?: number | undefined;
  /**
   * Default `udp`. With `relp` and `relp-tls`, the protocol of rsyslog, the collector acknowledges every message. The alias `tls`
   * of `tcp-tls` is for the environment, the section and callers without types.
   */
  readonly protocol?: "udp" | "tcp" | "tcp-tls" | "relp" | "relp-tls" | undefined;
  /** Default `cef`, or what the receiver reads safely. */
  readonly format?: "cef" | "json" | undefined;
  /** Syslog facility, 0–23 (RFC 5424 §6.2.1). Default 16, local0. A name is for the environment, as above. */
  readonly facility?: number | undefined;
  /** APP-NAME: 1–48 printable ASCII characters (RFC 5424 §6.2.5). Default `clawmetry`. */
  readonly appName?: string | undefined;
  /** The header before the event: RFC 5424, RFC 3164 or none. Default `rfc5424`. */
  readonly syslog?: "rfc5424" | "rfc3164" | "none" | undefined;
  /** How messages are told apart with `tcp` and `tcp-tls` (RFC 6587 §3.4). Default `newline`. */
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
  /** Whether events 9004 and 9005 tell of the start and the end of the exporter. Default `off`. */
  readonly lifecycleEvents?: "off" | "on" | undefined;
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
  /** Share of a full queue that the events of one session may take: above 0, at most 1. Default 0.5. */
  readonly sessionShare?: number | undefined;
  /**
   * What was handed over this long before the last write is sent again when the connection breaks, in milliseconds: 0–60000.
   * Default 2000, over UDP 0. Without effect over RELP: what was acknowledged is never sent again, and the rest always is.
   */
  readonly replayWindowMs?: number | undefined;
  /**
   * Age in milliseconds at which a connection that works is made anew, so that a load balancer can move it: 0–86400000. Not
   * over UDP. Default 0: never.
   */
  readonly reconnectAfterMs?: number | undefined;
  /** Messages that may wait for their acknowledgement by RELP at a time: 1–10000. Only with `relp` and `relp-tls`. Default 128. */
  readonly relpWindow?: number | undefined;
  /**
   * Folder for what waits: it survives the end of the process. Of several targets with `mode` `all`, each has a folder of its own
   * in it. Default: none, what waits is in memory alone.
   */
  readonly spoolDir?: string | undefined;
  /**
   * When what waits is synced to disk: every event at once (`always`), once a second (`interval`), or when the system does it
   * (`never`). Needs `spoolDir`. Default `interval`.
   */
  readonly spoolSync?: "always" | "interval" | "never" | undefined;
  /** Bytes on disk at most: 1048576–17179869184. Needs `spoolDir`. Default 1 073 741 824 (1 GiB). */
  readonly spoolMaxBytes?: number | undefined;
  readonly tls?: SiemTlsConfig | undefined;
}

/**
 * One of several destinations. What it does not set comes from the settings beside `targets`, `tls` field by field; a target
 * with a protocol of its own inherits nothing that this protocol has no use for.
 *
 * With `mode` `failover`, the targets share one queue and one format: a target sets `host`, `port`, `protocol`, `framing`,
 * `maxMessageBytes`, `reconnectAfterMs`, `relpWindow` and `tls` only.
 */
export interface SiemTarget extends Omit<SiemSettings, "hostname"> {
  /** Name or IP address of one collector, without scheme, brackets or port. */
  readonly host: string;
}

/** How several targets are used. `failover`: one at a time, the first that works. `all`: each gets everything. */
export type SiemMode = "failover" | "all";

/** One or several destinations and what is sent to them. `host` is all it needs, or `targets`. */
export type SiemConfig = SiemSettings & {
  /** Default `failover`. */
  readonly mode?: SiemMode | undefined;
} & (
    | {
        /** Name or IP address of the collector, without scheme, brackets or port; several with commas between them. */
        readonly host: string;
        /** With `host`, only as `readConfig` gives both. */
        readonly targets?: readonly SiemTarget[] | undefined;
      }
    | {
        readonly host?: undefined;
        /** 1–100, in the order in which they are tried. */
        readonly targets: readonly SiemTarget[];
      }
  );
