import { type AgentEvent } from "./agent-event.ts";
import { type CallFacts, readCalls } from "./calls.ts";
import { envelopeKeys } from "./envelope.ts";
import { asObject, read, readData, type Sources } from "./event-data.ts";
import { readEventTime } from "./event-time.ts";
import { first, number, objectsAt, present, text } from "./facts.ts";
import { errorText, type Outcome, readOutcome } from "./outcome.ts";
import { type OwnFacts, readOwnFacts } from "./own-facts.ts";
import { readRecipient, readSender } from "./people.ts";
import { type EventKind, kindOfType, unmappedKind } from "./signatures.ts";
import { urlHost, withoutUserInfo } from "./url.ts";

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
  /** Counters of the exporter's own events (9001, 9006). */
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

// By syslog severity, 0 to 7.
const CEF_SEVERITIES = [10, 10, 10, 8, 6, 4, 3, 3];
const OWN_SEVERITIES: ReadonlyMap<string, number> = new Map([
  ["critical", 2],
  ["high", 3],
  ["medium", 4],
  ["low", 5],
  ["info", 6],
]);
const DURATION_KEYS = ["duration_ms", "durationMs"];
const THREAT_REASON_KEYS = ["description", "title", "summary", "message"];
const CONTENT_KEYS = ["text", "content", "finalPromptText", "completionText", "output"];
const INPUT_TOKEN_KEYS = ["input_tokens", "inputTokens", "input"];
const OUTPUT_TOKEN_KEYS = ["output_tokens", "outputTokens", "output"];
const CACHE_TOKEN_KEYS = ["cache_read_input_tokens", "cacheReadInputTokens", "cacheRead"];
const COST_KEYS = ["cost_usd"];
const MODEL_KEYS = ["model", "modelId"];
const MESSAGE_RECEIVED = 2001;
const MESSAGE_SENT = 2002;
const INSTRUCTIONS_LOADED = 4006;
const BUDGET_EXCEEDED = 5001;
const CONNECTOR_HEALTH = 8002;
const DAEMON_ERROR = 9002;
const SERVER_SIGNATURES: ReadonlySet<number> = new Set([1003, 4007]);

/**
 * Turns any event into one description of fixed shape: the one place that knows what real events look like. Never throws,
 * whatever it is given; what is no object is a Generic Event (9999).
 */
export function describeEvent(event: AgentEvent, options: DescribeOptions = {}): EventDescription {
  const given = asObject(event) ?? {};
  try {
    return describe(given, options);
  } catch {
    // A proxy threw where even a look at its kind runs its code. What is certain of such an event is its type.
    const eventType = read(given, "event_type");
    return describe(typeof eventType === "string" ? { event_type: eventType } : {}, options);
  }
}

function describe(given: object, options: DescribeOptions): EventDescription {
  const rawData = read(given, "data");
  const data = readData(rawData);
  const everywhere: Sources = data === undefined ? [given] : [given, data];
  const sources = data !== undefined && isEnvelope(given) ? [data] : everywhere;
  const eventType = read(given, "event_type");
  const kind = kindOf(eventType, options.ownTypes ?? true);
  const { id } = kind;
  const calls = readCalls(id, sources, data);
  const outcome = readOutcome(id, eventType, sources);
  const syslogSeverity = severityOf(kind, outcome, sources);
  const sender = readSender(id, sources);
  const recipient = readRecipient(id, sources);
  const messages = objectsAt(sources, "message");
  const counts = tokenSources(sources, messages);
  const url = calls.url === undefined ? undefined : withoutUserInfo(calls.url);
  return {
    signatureId: id,
    signatureName: kind.name,
    type: kind.type,
    eventType: text(eventType),
    syslogSeverity,
    cefSeverity: CEF_SEVERITIES[syslogSeverity] ?? 3,
    ...readEventTime(read(given, "ts"), options.nowMs),
    tools: calls.tools,
    callIds: calls.callIds,
    command: calls.command,
    path: calls.path,
    url,
    urlHost: url === undefined ? undefined : urlHost(url),
    requestMethod: url === undefined ? undefined : calls.requestMethod,
    outcome,
    reason: reasonOf(id, outcome, sources),
    durationMs: first(sources, DURATION_KEYS, number),
    inputTokens: first(counts, INPUT_TOKEN_KEYS, number),
    outputTokens: first(counts, OUTPUT_TOKEN_KEYS, number),
    cacheReadTokens: first(counts, CACHE_TOKEN_KEYS, number),
    costUsd: first(everywhere, COST_KEYS, number),
    model: first(everywhere, MODEL_KEYS, text) ?? first(messages, ["model"], text),
    provider: isModelSignature(id) ? first(sources, ["provider"], text) : undefined,
    channel: isChannelSignature(id) ? first(sources, ["channel", "provider"], text) : undefined,
    sender: sender.name,
    senderId: sender.id,
    recipient: recipient.name,
    recipientId: recipient.id,
    rule: isThreatSignature(id) ? first(sources, ["signature_id", "rule_id", "rule"], text) : undefined,
    mcpServer: mcpServerOf(id, calls, sources),
    fileHash: id === INSTRUCTIONS_LOADED ? first(sources, ["sha256"], text) : undefined,
    direction: id === MESSAGE_RECEIVED ? 0 : id === MESSAGE_SENT ? 1 : undefined,
    content: first(sources, CONTENT_KEYS, present) ?? (data === undefined ? present(rawData) : undefined),
    own: readOwnFacts(id, data),
  };
}

// Most events hold their facts in `data`: then there is no need to look for each of them at the top too.
function isEnvelope(event: object): boolean {
  for (const key in event) if (!envelopeKeys.has(key)) return false;
  return true;
}

/** Whether the signature is one of the model family (3xxx). */
export function isModelSignature(id: number): boolean {
  return id >= 3000 && id < 4000;
}

/** Whether the signature is one of the threat family (6xxx). */
export function isThreatSignature(id: number): boolean {
  return id >= 6000 && id < 7000;
}

function isChannelSignature(id: number): boolean {
  return (id >= 2000 && id < 3000) || id === CONNECTOR_HEALTH;
}

function kindOf(eventType: unknown, ownTypes: boolean): EventKind {
  const isForged = !ownTypes && typeof eventType === "string" && eventType.startsWith("siem.");
  return isForged ? unmappedKind : kindOfType(eventType);
}

function severityOf(kind: EventKind, outcome: Outcome | undefined, sources: Sources): number {
  if (kind.ownSeverity) {
    const word = first(sources, ["severity"], text);
    return OWN_SEVERITIES.get(word?.trim().toLowerCase() ?? "") ?? kind.severity;
  }
  return outcome === "failure" ? kind.failureSeverity : kind.severity;
}

function reasonOf(id: number, outcome: Outcome | undefined, sources: Sources): string | undefined {
  const reason = first(sources, ["reason"], text);
  if (reason !== undefined) return reason;
  if (isThreatSignature(id)) return first(sources, THREAT_REASON_KEYS, text);
  if (id === DAEMON_ERROR) return first(sources, ["message"], text) ?? first(sources, ["error"], errorText);
  if (id === BUDGET_EXCEEDED) return budgetReason(sources);
  return outcome === "failure" ? first(sources, ["error"], errorText) : undefined;
}

function budgetReason(sources: Sources): string | undefined {
  const spent = first(sources, ["spent_usd"], number);
  const limit = first(sources, ["limit_usd"], number);
  const scope = first(sources, ["scope"], text);
  if (spent === undefined || limit === undefined) return undefined;
  return `spent ${spent} of ${limit} USD${scope === undefined ? "" : ` (${scope})`}`;
}

function tokenSources(sources: Sources, messages: readonly object[]): Sources {
  return [
    ...sources,
    ...objectsAt(sources, "usage"),
    ...objectsAt(messages, "usage"),
    ...objectsAt(objectsAt(sources, "promptCache"), "lastCallUsage"),
    ...objectsAt(sources, "extra"),
  ];
}

function mcpServerOf(id: number, calls: CallFacts, sources: Sources): string | undefined {
  for (const tool of calls.tools) {
    const server = /^mcp__(.+?)__/s.exec(tool.slice(0, 1024))?.[1];
    if (server !== undefined) return server;
  }
  return SERVER_SIGNATURES.has(id) ? first(sources, ["server"], text) : undefined;
}
