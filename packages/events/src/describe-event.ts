import { type AgentEvent } from "./agent-event.ts";
import { type CallFacts, readCalls } from "./calls.ts";
import { type Envelope, isEnvelopeOnly, readEnvelope } from "./envelope.ts";
import { asObject, read, readData } from "./event-data.ts";
import { type DescribeOptions, type EventDescription } from "./event-description.ts";
import { readReason } from "./event-reason.ts";
import { readSeverity, toCefSeverity } from "./event-severity.ts";
import { readEventTime } from "./event-time.ts";
import { placesOf } from "./fact-keys.ts";
import { noSources, readFacts, type Sources, sourcesOf } from "./fact-source.ts";
import { first, firstNumber, firstText, nested, number, present, text } from "./facts.ts";
import { readOutcome } from "./outcome.ts";
import { readOwnFacts } from "./own-facts.ts";
import { readRecipient, readSender } from "./people.ts";
import { isChannelSignature, isModelSignature, isThreatSignature } from "./signature-families.ts";
import { type EventKind, kindOfType, unmappedKind } from "./signatures.ts";
import { urlHost, withoutUserInfo } from "./url.ts";

const MESSAGE = placesOf("message");
const EXTRA = placesOf("extra");
const USAGE = placesOf("usage");
const PROMPT_CACHE = placesOf("promptCache");
const LAST_CALL_USAGE = placesOf("lastCallUsage");
const DURATION = placesOf("duration_ms", "durationMs");
const CONTENT = placesOf("text", "content", "finalPromptText", "completionText", "output");
const INPUT_TOKENS = placesOf("input_tokens", "inputTokens", "input");
const OUTPUT_TOKENS = placesOf("output_tokens", "outputTokens", "output");
const CACHE_TOKENS = placesOf("cache_read_input_tokens", "cacheReadInputTokens", "cacheRead");
const COST = placesOf("cost_usd");
const MODEL_OR_ID = placesOf("model", "modelId");
const MODEL = placesOf("model");
const PROVIDER = placesOf("provider");
const CHANNEL = placesOf("channel", "provider");
const RULE = placesOf("signature_id", "rule_id", "rule");
const SERVER = placesOf("server");
const SHA256 = placesOf("sha256");
const MCP_CALL = 1003;
const MESSAGE_RECEIVED = 2001;
const MESSAGE_SENT = 2002;
const INSTRUCTIONS_LOADED = 4006;
const MCP_SERVER_CHANGED = 4007;

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
  const envelope = readEnvelope(given);
  const { event_type: eventType, ts } = envelope;
  const dataObject = readData(envelope.data);
  const data = dataObject === undefined ? noSources : sourcesOf(readFacts(dataObject));
  const sources = mainSources(given, envelope, data);
  const kind = kindOf(eventType, options.ownTypes ?? true);
  const { id } = kind;
  const messages = nested(sources, MESSAGE);
  const extras = nested(sources, EXTRA);
  const calls = readCalls(id, { sources, data, messages, extras });
  const outcome = readOutcome(id, eventType, sources, extras);
  const syslogSeverity = readSeverity(kind, outcome, sources);
  const sender = readSender(id, sources);
  const recipient = readRecipient(id, sources);
  const counts = tokenSources(sources, messages, extras);
  const url = calls.url === undefined ? undefined : withoutUserInfo(calls.url);
  const time = readEventTime(ts, options.nowMs);
  return {
    signatureId: id,
    signatureName: kind.name,
    type: kind.type,
    eventType: text(eventType),
    syslogSeverity,
    cefSeverity: toCefSeverity(syslogSeverity),
    timeMs: time.timeMs,
    time: time.time,
    timeSource: time.timeSource,
    tools: calls.tools,
    callIds: calls.callIds,
    command: calls.command,
    path: calls.path,
    url,
    urlHost: url === undefined ? undefined : urlHost(url),
    requestMethod: url === undefined ? undefined : calls.requestMethod,
    outcome,
    reason: readReason(id, outcome, sources),
    durationMs: firstNumber(sources, DURATION),
    inputTokens: firstNumber(counts, INPUT_TOKENS),
    outputTokens: firstNumber(counts, OUTPUT_TOKENS),
    cacheReadTokens: firstNumber(counts, CACHE_TOKENS),
    costUsd: number(envelope.cost_usd) ?? firstNumber(sources, COST),
    model: text(envelope.model) ?? firstText(sources, MODEL_OR_ID) ?? firstText(messages, MODEL),
    provider: isModelSignature(id) ? firstText(sources, PROVIDER) : undefined,
    channel: isChannelSignature(id) ? firstText(sources, CHANNEL) : undefined,
    sender: sender.name,
    senderId: sender.id,
    recipient: recipient.name,
    recipientId: recipient.id,
    rule: isThreatSignature(id) ? firstText(sources, RULE) : undefined,
    mcpServer: mcpServerOf(id, calls, sources),
    fileHash: id === INSTRUCTIONS_LOADED ? firstText(sources, SHA256) : undefined,
    direction: id === MESSAGE_RECEIVED ? 0 : id === MESSAGE_SENT ? 1 : undefined,
    content: first(sources, CONTENT, present) ?? (dataObject === undefined ? present(envelope.data) : undefined),
    own: readOwnFacts(id, dataObject),
  };
}

// Most events hold their facts in `data`: then there is no need to look for each of them at the top too.
function mainSources(event: object, envelope: Envelope, data: Sources): Sources {
  const hasData = data.list.length > 0;
  return hasData && isEnvelopeOnly(event, envelope) ? data : sourcesOf(readFacts(event), ...data.list);
}

function kindOf(eventType: unknown, ownTypes: boolean): EventKind {
  const isForged = !ownTypes && typeof eventType === "string" && eventType.startsWith("siem.");
  return isForged ? unmappedKind : kindOfType(eventType);
}

function tokenSources(sources: Sources, messages: Sources, extras: Sources): Sources {
  const usages = nested(sources, USAGE).list;
  const messageUsages = nested(messages, USAGE).list;
  const lastUsages = nested(nested(sources, PROMPT_CACHE), LAST_CALL_USAGE).list;
  if (usages.length + messageUsages.length + lastUsages.length + extras.list.length === 0) return sources;
  return sourcesOf(...sources.list, ...usages, ...messageUsages, ...lastUsages, ...extras.list);
}

function mcpServerOf(id: number, { tools }: CallFacts, sources: Sources): string | undefined {
  for (const tool of tools) {
    const server = tool.startsWith("mcp__") ? /^mcp__(.+?)__/s.exec(tool.slice(0, 1024))?.[1] : undefined;
    if (server !== undefined) return server;
  }
  return id === MCP_CALL || id === MCP_SERVER_CHANGED ? firstText(sources, SERVER) : undefined;
}
