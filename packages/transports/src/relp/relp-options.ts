import { OptionError } from "@clawmetry/siem-core";
import { requireMilliseconds } from "../require-milliseconds.ts";
import { resolveStreamOptions, type StreamOptions, type StreamSettings } from "../stream-options.ts";

/** Options of `relpTransport`. */
export interface RelpOptions extends Omit<StreamOptions, "framing" | "resetOnStall"> {
  /** Default 2514: RELP has no port of its own, and this is the one that the documentation of rsyslog uses. */
  readonly port?: number;
  /**
   * Most messages that may be under way without an answer: a whole number from 1 to 10 000. Default 128. What the server has
   * answered and not stored yet is lost when it is killed; rsyslog was seen to answer further ahead with a larger window.
   */
  readonly window?: number;
  /** Longest wait for the answer with which the server opens the session, in milliseconds. Default 10 000. */
  readonly openTimeoutMs?: number;
  /** Longest time in milliseconds in which the server answers none of the messages under way. Default 30 000. */
  readonly answerTimeoutMs?: number;
}

/** RELP options with the defaults filled in. */
export interface RelpSettings extends StreamSettings {
  readonly window: number;
  readonly openTimeoutMs: number;
  readonly answerTimeoutMs: number;
}

const MOST_UNDER_WAY = 10_000;

/** Fills in the defaults and throws `OptionError` for values that cannot work. */
export function resolveRelpOptions(options: RelpOptions): RelpSettings {
  const { port = 2514, window = 128, openTimeoutMs = 10_000, answerTimeoutMs = 30_000 } = options;
  if (!(Number.isInteger(window) && window >= 1 && window <= MOST_UNDER_WAY)) {
    throw new OptionError("window", `a whole number from 1 to ${MOST_UNDER_WAY}`, window);
  }
  return {
    // What a peer that was given up takes later would come after what is sent again.
    ...resolveStreamOptions({ ...options, resetOnStall: true }, port),
    window,
    openTimeoutMs: requireMilliseconds("openTimeoutMs", openTimeoutMs),
    answerTimeoutMs: requireMilliseconds("answerTimeoutMs", answerTimeoutMs),
  };
}
