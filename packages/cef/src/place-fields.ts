import {
  type AgentEvent,
  type ChainedField,
  type ContentPolicy,
  boundedJsonText,
  chainedText,
  type EventDescription,
  isModelSignature,
  snakeCase,
} from "@clawmetry/siem-events";
import { type CefField, type FieldCut } from "./cef-field.ts";
import { decimalText, integerText } from "./cef-number.ts";
import { type CefText } from "./cef-text.ts";
import { maxLengthOf } from "./dictionary.ts";
import { type CefFormatOptions } from "./format-options.ts";

// `Clawmetry…` keys are not in the dictionary.
const OWN_KEY_LENGTH = 1023;
const SHORT_ID_LENGTH = 40;
const LONGEST_ID = 128;

/** Places every fact that the event has, in the order of the mapping, without ClawmetryChanged and rt. `time`: that of rt in ISO form. */
export function placeFields(
  event: AgentEvent,
  description: EventDescription,
  time: string | undefined,
  options: CefFormatOptions,
  text: CefText,
): CefField[] {
  const fields: CefField[] = [];

  function place(key: string, value: string | undefined, cut: FieldCut = "end", chained?: ChainedField): void {
    placeLabelled(key, undefined, value, cut, chained);
  }

  function placeLabelled(
    key: string,
    label: string | undefined,
    value: string | undefined,
    cut: FieldCut = "end",
    chained?: ChainedField,
  ): void {
    if (value === undefined || value === "") return;
    const maxLength = key.startsWith("Clawmetry") ? OWN_KEY_LENGTH : maxLengthOf(key);
    const clean = text.clean(value, maxLength, cut === "middle" ? "middle" : "end");
    if (clean !== "") fields.push({ key, label, text: clean, cut, chained });
  }

  function placeNumber(key: string, label: string, value: number | undefined, write = integerText): void {
    placeLabelled(key, label, value === undefined ? undefined : write(value), "never");
  }

  const d = description;
  const id = chainedText(event, "id");
  if (id !== undefined && text.clean(id, LONGEST_ID).length <= SHORT_ID_LENGTH) place("externalId", id, "never");
  place("devicePayloadId", id, "never", "id");
  place("cat", d.type, "never");
  if (d.eventType !== d.type) place("ClawmetryEventType", chainedText(event, "event_type"), "id", "event_type");
  place("act", d.rule ?? d.tools.join(","));
  place("outcome", d.outcome, "never");
  place("reason", d.reason);
  for (const [name, value] of Object.entries(d.own ?? {})) {
    place(ownKey(name), typeof value === "object" ? value.join(",") : String(value), "never");
  }
  place("suser", d.sender);
  place("suid", d.senderId);
  place("duser", d.recipient);
  place("duid", d.recipientId);
  place("deviceDirection", d.direction === undefined ? undefined : String(d.direction), "never");
  place("sourceServiceName", chainedText(event, "agent_type"), "id", "agent_type");
  place("destinationServiceName", d.mcpServer ?? d.provider);
  place("deviceExternalId", chainedText(event, "node_id"), "id", "node_id");
  place("dvchost", options.hostname, "id");
  place("filePath", d.path);
  place("fname", d.path?.slice(Math.max(d.path.lastIndexOf("/"), d.path.lastIndexOf("\\")) + 1));
  place("fileHash", d.fileHash);
  place("request", d.url);
  place("requestMethod", d.requestMethod);
  place("dhost", d.urlHost);
  placeLabelled("cs1", "sessionId", chainedText(event, "session_id"), "id", "session_id");
  placeLabelled("cs2", "agentId", chainedText(event, "agent_id"), "id", "agent_id");
  placeLabelled("cs3", "model", d.model);
  placeLabelled("cs4", "channel", d.channel);
  placeLabelled("cs5", "chainHash", chainedText(event, "chain_hash"), "never");
  placeLabelled("cs6", "chainPrevHash", chainedText(event, "chain_prev_hash"), "never");
  if (isModelSignature(d.signatureId)) {
    placeNumber("cn1", "inputTokens", d.inputTokens);
    placeNumber("cn2", "outputTokens", d.outputTokens);
    placeNumber("cn3", "cacheReadTokens", d.cacheReadTokens);
    placeNumber("cfp1", "costUsd", d.costUsd, decimalText);
    placeNumber("cfp2", "durationMs", d.durationMs, decimalText);
  } else {
    placeNumber("cn1", "durationMs", d.durationMs);
    placeNumber("cfp1", "costUsd", d.costUsd, decimalText);
  }
  placeLabelled("flexString1", "callId", d.callIds.join(","), "id");
  placeLabelled("flexString2", "workspaceId", chainedText(event, "workspace_id"), "id", "workspace_id");
  if (d.tools.length > 1) place("ClawmetryToolCount", String(d.tools.length), "never");
  const ts = chainedText(event, "ts");
  if (ts !== time) place("ClawmetryTs", ts, "id", "ts");
  place("ClawmetryTimeSource", d.timeSource, "never");
  if (options.sequence !== undefined) {
    place("ClawmetrySeq", String(options.sequence.number), "never");
    place("ClawmetryBoot", options.sequence.boot, "never");
  }
  place("ClawmetryTenant", options.labels?.tenant, "id");
  place("ClawmetryEnvironment", options.labels?.environment, "id");
  place("msg", messageOf(d, options.content ?? "tools"), "middle");
  return fields;
}

function ownKey(name: string): string {
  const isDictionaryKey = snakeCase(name) === name && ["cnt", "start", "end"].includes(name);
  return isDictionaryKey ? name : `Clawmetry${name.charAt(0).toUpperCase()}${name.slice(1)}`;
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
