import { type EventDescription } from "./event-description.ts";

/**
 * How much of what agents read and write reaches the line. `none`: facts only. `tools`: also what tools were asked to do; no
 * message, prompt, completion or tool output. `all`: everything.
 */
export type ContentPolicy = "none" | "tools" | "all";

/** What every format of an agent event takes. */
export interface FormatOptions {
  /** Default `tools` for CEF, `all` for JSON. */
  readonly content?: ContentPolicy | undefined;
  /** Name of the host that forwards the event. Default: left out. */
  readonly hostname?: string | undefined;
  /** Time of receipt in milliseconds since 1970: stands in for a time that the event lacks. Default: none. */
  readonly nowMs?: number | undefined;
  /** Boot id and number of the send, so that a search in the SIEM finds gaps and duplicates. Default: left out. */
  readonly sequence?: { readonly boot: string; readonly number: number } | undefined;
  /** Written on every event. Default: none. */
  readonly labels?: { readonly tenant?: string | undefined; readonly environment?: string | undefined } | undefined;
  /**
   * Most bytes of the result. Text is shortened to fit, the longest first; only what must never be cut (event id, chain
   * hashes, severity, time) can exceed it. Default: no limit beside those of the format.
   */
  readonly maxBytes?: number | undefined;
  /** The event's description, when the caller already has it. Default: `describeEvent(event, { nowMs })`. */
  readonly description?: EventDescription | undefined;
}
