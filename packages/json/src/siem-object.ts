import { type ContentPolicy, type EventDescription, type FormatOptions, snakeCase } from "@clawmetry/siem-events";

/** Shortens a text fact. `name`: its key below `siem`. */
export type CutFact = (name: string, text: string | undefined) => string | undefined;

const SCHEMA_VERSION = 1;

/**
 * The object under `siem`: every fact of the event under a fixed key with a fixed type, so that no index mapping ever clashes.
 * What is undefined is left out when it is written.
 */
export function siemObject(
  d: EventDescription,
  options: FormatOptions,
  content: ContentPolicy,
  cut: CutFact,
): Record<string, unknown> {
  return {
    schema: SCHEMA_VERSION,
    signature_id: d.signatureId,
    signature_name: d.signatureName,
    type: d.type,
    severity: d.cefSeverity,
    time: d.timeMs === null ? undefined : new Date(d.timeMs).toISOString(),
    time_source: d.timeSource,
    tools: cutList("tools", d.tools, cut),
    call_ids: cutList("call_ids", d.callIds, cut),
    command: content === "none" ? undefined : cut("command", d.command),
    path: cut("path", d.path),
    url: cut("url", d.url),
    outcome: d.outcome,
    reason: cut("reason", d.reason),
    ...ownFacts(d),
    duration_ms: d.durationMs,
    input_tokens: d.inputTokens,
    output_tokens: d.outputTokens,
    cache_read_tokens: d.cacheReadTokens,
    cost_usd: d.costUsd,
    model: cut("model", d.model),
    provider: cut("provider", d.provider),
    channel: cut("channel", d.channel),
    sender: cut("sender", d.sender),
    sender_id: cut("sender_id", d.senderId),
    recipient: cut("recipient", d.recipient),
    recipient_id: cut("recipient_id", d.recipientId),
    rule: cut("rule", d.rule),
    mcp_server: cut("mcp_server", d.mcpServer),
    file_hash: cut("file_hash", d.fileHash),
    host: cut("host", options.hostname),
    seq: options.sequence?.number,
    boot: options.sequence?.boot,
    tenant: cut("tenant", options.labels?.tenant),
    environment: cut("environment", options.labels?.environment),
  };
}

function cutList(name: string, texts: readonly string[], cut: CutFact): readonly (string | undefined)[] | undefined {
  return texts.length === 0 ? undefined : texts.map((text) => cut(name, text));
}

function ownFacts(d: EventDescription): Record<string, unknown> {
  if (d.own === undefined) return {};
  return Object.fromEntries(Object.entries(d.own).map(([name, value]) => [snakeCase(name), value]));
}
