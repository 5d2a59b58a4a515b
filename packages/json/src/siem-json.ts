import { type ContentPolicy, type EventDescription, type FormatOptions, snakeCase } from "@clawmetry/siem-events";
import { isPlainTime } from "./escape-json.ts";
import { type JsonMemory } from "./json-memory.ts";
import { anyJson, type FactLimits, isShort, numberJson, textJson, textsJson, wordJson } from "./fact-json.ts";

/** What the object under `siem` is made from besides the event's description. */
export interface SiemFacts extends FactLimits {
  readonly options: FormatOptions;
  readonly content: ContentPolicy;
  /** Names of the chained fields that the line does not hold. */
  readonly changed: readonly string[];
  readonly memory: JsonMemory;
}

/**
 * The object under `siem`: every fact of the event under a fixed key with a fixed type, so that no index mapping ever clashes.
 * Safe for a line. What is cut of the facts is added to `cuts`.
 */
export function siemJson(d: EventDescription, facts: SiemFacts): string {
  let json =
    facts.memory.kind(d) + timeJson(d) + actionJson(d, facts) + countsJson(d) + namesJson(d, facts) + originJson(facts);
  if (facts.changed.length > 0) json += `,"changed":${anyJson(facts.changed)}`;
  if (facts.cuts.length > 0) json += `,"truncated":${anyJson(facts.cuts)}`;
  return `${json}}`;
}

function timeJson(d: EventDescription): string {
  let json = "";
  if (d.time !== undefined) json += `,"time":${isPlainTime(d.time) ? `"${d.time}"` : wordJson(d.time)}`;
  if (d.timeSource !== undefined) json += `,"time_source":${wordJson(d.timeSource)}`;
  return json;
}

function actionJson(d: EventDescription, facts: SiemFacts): string {
  let json = "";
  if (d.tools.length > 0) json += `,"tools":${textsJson("tools", d.tools, facts)}`;
  if (d.callIds.length > 0) json += `,"call_ids":${textsJson("call_ids", d.callIds, facts)}`;
  if (d.command !== undefined && facts.content !== "none")
    json += `,"command":${textJson("command", d.command, facts)}`;
  if (d.path !== undefined) json += `,"path":${textJson("path", d.path, facts)}`;
  if (d.url !== undefined) json += `,"url":${textJson("url", d.url, facts)}`;
  if (d.outcome !== undefined) json += `,"outcome":${wordJson(d.outcome)}`;
  if (d.reason !== undefined) json += `,"reason":${textJson("reason", d.reason, facts)}`;
  if (d.own !== undefined) json += ownJson(d.own);
  return json;
}

function ownJson(own: NonNullable<EventDescription["own"]>): string {
  let json = "";
  for (const [name, value] of Object.entries(own)) json += `,"${snakeCase(name)}":${anyJson(value)}`;
  return json;
}

function countsJson(d: EventDescription): string {
  let json = "";
  if (d.durationMs !== undefined) json += `,"duration_ms":${numberJson(d.durationMs)}`;
  if (d.inputTokens !== undefined) json += `,"input_tokens":${numberJson(d.inputTokens)}`;
  if (d.outputTokens !== undefined) json += `,"output_tokens":${numberJson(d.outputTokens)}`;
  if (d.cacheReadTokens !== undefined) json += `,"cache_read_tokens":${numberJson(d.cacheReadTokens)}`;
  if (d.costUsd !== undefined) json += `,"cost_usd":${numberJson(d.costUsd)}`;
  return json;
}

function namesJson(d: EventDescription, facts: SiemFacts): string {
  let json = "";
  if (d.model !== undefined) json += `,"model":${textJson("model", d.model, facts)}`;
  if (d.provider !== undefined) json += `,"provider":${textJson("provider", d.provider, facts)}`;
  if (d.channel !== undefined) json += `,"channel":${textJson("channel", d.channel, facts)}`;
  if (d.sender !== undefined) json += `,"sender":${textJson("sender", d.sender, facts)}`;
  if (d.senderId !== undefined) json += `,"sender_id":${textJson("sender_id", d.senderId, facts)}`;
  if (d.recipient !== undefined) json += `,"recipient":${textJson("recipient", d.recipient, facts)}`;
  if (d.recipientId !== undefined) json += `,"recipient_id":${textJson("recipient_id", d.recipientId, facts)}`;
  if (d.rule !== undefined) json += `,"rule":${textJson("rule", d.rule, facts)}`;
  if (d.mcpServer !== undefined) json += `,"mcp_server":${textJson("mcp_server", d.mcpServer, facts)}`;
  if (d.fileHash !== undefined) json += `,"file_hash":${textJson("file_hash", d.fileHash, facts)}`;
  return json;
}

function originJson(facts: SiemFacts): string {
  const { hostname, sequence, labels } = facts.options;
  let json = "";
  if (hostname !== undefined) json += hostJson(hostname, facts);
  if (sequence !== undefined) {
    const { number, boot } = sequence;
    json += `,"seq":${numberJson(number)}${facts.memory.boot(boot) ?? `,"boot":${wordJson(boot)}`}`;
  }
  if (labels?.tenant !== undefined) json += `,"tenant":${textJson("tenant", labels.tenant, facts)}`;
  if (labels?.environment !== undefined) json += `,"environment":${textJson("environment", labels.environment, facts)}`;
  return json;
}

function hostJson(hostname: string, facts: SiemFacts): string {
  const known = isShort(hostname, facts) ? facts.memory.host(hostname) : undefined;
  return known ?? `,"host":${textJson("host", hostname, facts)}`;
}
