/** One PARAM-NAME and its PARAM-VALUE, unescaped (RFC 5424 §6.3.3). */
export type StructuredDataParam = readonly [name: string, value: string];

/** One SD-ELEMENT: its SD-ID and its parameters in order; a name may repeat (RFC 5424 §6.3.1). */
export type StructuredDataElement = readonly [id: string, params: readonly StructuredDataParam[]];

/**
 * One syslog message. The formatters take any values and repair what the line cannot hold; `parseSyslog` leaves out every
 * field that the line has as the nil value `-` or not at all.
 */
export interface SyslogMessage {
  /** 0–23, see `facilities`. Anything else is written as 1, user (RFC 3164 §4.3.3). */
  readonly facility: number;
  /** 0 (emergency) – 7 (debug). Anything else is written as 5, notice (RFC 3164 §4.3.3). */
  readonly severity: number;
  /** Milliseconds since 1970 UTC, in the years 0000–9999. Null and anything else: the time is not known. */
  readonly timeMs: number | null;
  /** At most 255 characters. */
  readonly hostname?: string;
  /** At most 48 characters; 32 alphanumeric ones in RFC 3164, where it is the TAG. */
  readonly appName?: string;
  /** At most 128 characters. */
  readonly procId?: string;
  /** At most 32 characters. RFC 5424 only. */
  readonly msgId?: string;
  /** RFC 5424 only. Elements of the same SD-ID are written as one. */
  readonly structuredData?: readonly StructuredDataElement[];
  /** Left out: the line ends before it. */
  readonly message?: string;
  /** A byte order mark before the message, as RFC 5424 §6.4 asks and few receivers strip. RFC 5424 only. Default false. */
  readonly bom?: boolean;
}
