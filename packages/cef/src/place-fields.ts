import {
  type ContentPolicy,
  boundedJsonText,
  type Envelope,
  type EventDescription,
  identifierText,
  isModelSignature,
  timeText,
} from "@clawmetry/siem-events";
import { decimalText, integerText } from "./cef-number.ts";
import { type CefKey } from "./cef-key.ts";
import { type CefRecord, place, placeChained, placePlain } from "./cef-record.ts";
import { isPlain } from "./cef-text.ts";
import { eventKeys } from "./event-keys.ts";
import { type CefFormatOptions } from "./format-options.ts";
import { placeOwnFacts } from "./place-own-facts.ts";

const LONGEST_ID = 128;
const SHORT_ID_LENGTH = 40;

/** Places every fact that the event has, in the order of the mapping, without ClawmetryChanged and rt. */
export function placeFields(
  record: CefRecord,
  envelope: Envelope,
  description: EventDescription,
  options: CefFormatOptions,
): void {
  placeWhat(record, envelope, description);
  placeWho(record, description);
  placeNode(record, envelope, description, options);
  placeWhere(record, description);
  placeChain(record, envelope, description);
  placeNumbers(record, description);
  placeOrigin(record, envelope, description, options);
  place(record, eventKeys.message, messageOf(description, options.content ?? "tools"));
}

function placeWhat(record: CefRecord, envelope: Envelope, d: EventDescription): void {
  placeId(record, envelope.id);
  place(record, eventKeys.type, d.type);
  // The type as given stands by itself only where it is not the canonical one.
  if (d.eventType !== d.type) placeChained(record, eventKeys.eventType, envelope.event_type);
  else record.held |= eventKeys.eventType.chainedBit;
  place(record, eventKeys.action, d.rule ?? joined(d.tools));
  place(record, eventKeys.outcome, d.outcome);
  place(record, eventKeys.reason, d.reason);
  if (d.own !== undefined) placeOwnFacts(record, d.own);
}

function placeId(record: CefRecord, id: unknown): void {
  if (typeof id === "string" && id.length <= SHORT_ID_LENGTH && isPlain(id)) {
    placePlain(record, eventKeys.shortId, id);
    placePlain(record, eventKeys.id, id);
    record.held |= eventKeys.id.chainedBit;
    return;
  }
  const text = identifierText(id);
  const isShort = text !== undefined && record.text.clean(text, LONGEST_ID).length <= SHORT_ID_LENGTH;
  if (isShort) place(record, eventKeys.shortId, text);
  placeChained(record, eventKeys.id, id);
}

function placeWho(record: CefRecord, d: EventDescription): void {
  place(record, eventKeys.sender, d.sender);
  place(record, eventKeys.senderId, d.senderId);
  place(record, eventKeys.recipient, d.recipient);
  place(record, eventKeys.recipientId, d.recipientId);
  if (d.direction !== undefined) placePlain(record, eventKeys.direction, String(d.direction));
}

function placeNode(record: CefRecord, envelope: Envelope, d: EventDescription, options: CefFormatOptions): void {
  placeChained(record, eventKeys.agentType, envelope.agent_type);
  place(record, eventKeys.service, d.mcpServer ?? d.provider);
  placeChained(record, eventKeys.nodeId, envelope.node_id);
  place(record, eventKeys.hostname, options.hostname);
}

function placeWhere(record: CefRecord, d: EventDescription): void {
  if (d.path !== undefined) {
    place(record, eventKeys.path, d.path);
    place(record, eventKeys.fileName, d.path.slice(Math.max(d.path.lastIndexOf("/"), d.path.lastIndexOf("\\")) + 1));
  }
  place(record, eventKeys.fileHash, d.fileHash);
  place(record, eventKeys.url, d.url);
  place(record, eventKeys.method, d.requestMethod);
  place(record, eventKeys.urlHost, d.urlHost);
}

function placeChain(record: CefRecord, envelope: Envelope, d: EventDescription): void {
  placeOptional(record, eventKeys.sessionId, envelope.session_id);
  placeChained(record, eventKeys.agentId, envelope.agent_id);
  place(record, eventKeys.model, d.model);
  place(record, eventKeys.channel, d.channel);
  place(record, eventKeys.chainHash, identifierText(envelope.chain_hash));
  place(record, eventKeys.chainPrevHash, identifierText(envelope.chain_prev_hash));
  place(record, eventKeys.payloadHash, identifierText(envelope.payload_hash));
}

function placeNumbers(record: CefRecord, d: EventDescription): void {
  if (isModelSignature(d.signatureId)) {
    placeNumber(record, eventKeys.inputTokens, d.inputTokens, integerText);
    placeNumber(record, eventKeys.outputTokens, d.outputTokens, integerText);
    placeNumber(record, eventKeys.cacheReadTokens, d.cacheReadTokens, integerText);
    placeNumber(record, eventKeys.cost, d.costUsd, decimalText);
    placeNumber(record, eventKeys.modelDuration, d.durationMs, decimalText);
  } else {
    placeNumber(record, eventKeys.duration, d.durationMs, integerText);
    placeNumber(record, eventKeys.cost, d.costUsd, decimalText);
  }
}

function placeNumber(
  record: CefRecord,
  key: CefKey,
  value: number | undefined,
  write: (value: number) => string | undefined,
): void {
  const text = value === undefined ? undefined : write(value);
  if (text !== undefined) placePlain(record, key, text);
}

function placeOrigin(record: CefRecord, envelope: Envelope, d: EventDescription, options: CefFormatOptions): void {
  place(record, eventKeys.callIds, joined(d.callIds));
  placeOptional(record, eventKeys.workspaceId, envelope.workspace_id);
  if (d.tools.length > 1) placePlain(record, eventKeys.toolCount, String(d.tools.length));
  placeTs(record, envelope.ts, d.time);
  place(record, eventKeys.timeSource, d.timeSource);
  if (options.sequence !== undefined) {
    placePlain(record, eventKeys.sequence, String(options.sequence.number));
    place(record, eventKeys.boot, options.sequence.boot);
  }
  place(record, eventKeys.tenant, options.labels?.tenant);
  place(record, eventKeys.environment, options.labels?.environment);
}

// A session or workspace of null is held by a line that shows none.
function placeOptional(record: CefRecord, key: CefKey, value: unknown): void {
  if (value === null) record.held |= key.chainedBit;
  else placeChained(record, key, value);
}

// The time as given stands by itself only where it is not the ISO form of rt.
function placeTs(record: CefRecord, ts: unknown, time: string | undefined): void {
  const given = timeText(ts);
  const shown = given === time ? time : place(record, eventKeys.ts, given);
  if (shown !== undefined && shown === given) record.held |= eventKeys.ts.chainedBit;
}

function joined(texts: readonly string[]): string | undefined {
  return texts.length > 1 ? texts.join(",") : texts[0];
}

function messageOf(description: EventDescription, content: ContentPolicy): string | undefined {
  if (content === "none") return undefined;
  if (description.command !== undefined || content === "tools") return description.command;
  return typeof description.content === "string"
    ? description.content
    : description.content === undefined
      ? undefined
      : boundedJsonText(description.content);
}
