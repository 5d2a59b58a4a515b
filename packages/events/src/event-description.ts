import { type Outcome } from "./outcome.ts";
import { type OwnFacts } from "./own-facts.ts";

/** Everything that a format shows of an event: always the same keys, undefined or empty where the event says nothing. */
export interface EventDescription {
  readonly signatureId: number;
  readonly signatureName: string;
  /** The canonical event type. `unmapped` for signature 9999. */
  readonly type: string;
  /** The event type as given. */
  readonly eventType: string | undefined;
  /** RFC 5424 §6.2.1: 0 (emergency) to 7 (debug). */
  readonly syslogSeverity: number;
  /** 0 to 10, 10 the worst. */
  readonly cefSeverity: number;
  /** Milliseconds since 1970. Null when neither the event nor the caller gave a usable time. */
  readonly timeMs: number | null;
  /** The same instant as ISO 8601 text, `2026-11-23T03:04:05.678Z`. */
  readonly time: string | undefined;
  /** `receipt` when the time is not the event's own. */
  readonly timeSource: "receipt" | undefined;
  readonly tools: readonly string[];
  readonly callIds: readonly string[];
  /** What tools were asked to do, one call a line. */
  readonly command: string | undefined;
  readonly path: string | undefined;
  /** Without user name and password. */
  readonly url: string | undefined;
  readonly urlHost: string | undefined;
  readonly requestMethod: string | undefined;
  readonly outcome: Outcome | undefined;
  readonly reason: string | undefined;
  readonly durationMs: number | undefined;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly cacheReadTokens: number | undefined;
  readonly costUsd: number | undefined;
  readonly model: string | undefined;
  readonly provider: string | undefined;
  readonly channel: string | undefined;
  readonly sender: string | undefined;
  readonly senderId: string | undefined;
  readonly recipient: string | undefined;
  readonly recipientId: string | undefined;
  readonly rule: string | undefined;
  readonly mcpServer: string | undefined;
  readonly fileHash: string | undefined;
  /** 0: the message came in; 1: it went out. */
  readonly direction: 0 | 1 | undefined;
  /** Message, prompt, completion or output, as the event has it. Shown only where the content policy is `all`. */
  readonly content: unknown;
  /** Counters of the exporter's own events (9001, 9004, 9005, 9006). */
  readonly own: OwnFacts | undefined;
}

export interface DescribeOptions {
  /** Time of receipt in milliseconds since 1970: stands in for a time that the event lacks. Default: none. */
  readonly nowMs?: number | undefined;
  /**
   * Whether types that begin with `siem.` keep their signatures. They belong to the exporter: it describes what others send
   * with `false`, so that nobody can forge a loss report or a heartbeat. Default true.
   */
  readonly ownTypes?: boolean | undefined;
}
