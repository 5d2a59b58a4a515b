import { type ContentPolicy, type EventDescription, type FormatOptions, snakeCase } from "@clawmetry/siem-events";
import { siemKey, siemKeys } from "./siem-keys.ts";
import {
  createSiemWriter,
  type SiemWriter,
  writeNumber,
  writeText,
  writeTexts,
  writeValue,
  writeWord,
} from "./siem-writer.ts";

/** What the object under `siem` is made from besides the event's description. */
export interface SiemFacts {
  readonly options: FormatOptions;
  readonly content: ContentPolicy;
  /** Characters of a text, the mark included. */
  readonly maxText: number;
  /** Names of the chained fields that the line does not hold. */
  readonly changed: readonly string[];
  /** What was cut of the event itself; what is cut of its facts is added. */
  readonly cuts: string[];
}

const SCHEMA_VERSION = 1;

/**
 * The object under `siem`: every fact of the event under a fixed key with a fixed type, so that no index mapping ever clashes.
 * Safe for a line.
 */
export function siemJson(d: EventDescription, { options, content, maxText, changed, cuts }: SiemFacts): string {
  const writer = createSiemWriter(SCHEMA_VERSION, maxText, cuts);
  writeKind(writer, d);
  writeAction(writer, d, content);
  writeCounts(writer, d);
  writeNames(writer, d);
  writeOrigin(writer, options);
  if (changed.length > 0) writeValue(writer, siemKeys.changed, changed);
  if (cuts.length > 0) writeValue(writer, siemKeys.truncated, cuts);
  return `${writer.json}}`;
}

function writeKind(writer: SiemWriter, d: EventDescription): void {
  writeNumber(writer, siemKeys.signatureId, d.signatureId);
  writeWord(writer, siemKeys.signatureName, d.signatureName);
  writeWord(writer, siemKeys.type, d.type);
  writeNumber(writer, siemKeys.severity, d.cefSeverity);
  writeWord(writer, siemKeys.time, d.time);
  writeWord(writer, siemKeys.timeSource, d.timeSource);
}

function writeAction(writer: SiemWriter, d: EventDescription, content: ContentPolicy): void {
  writeTexts(writer, siemKeys.tools, d.tools);
  writeTexts(writer, siemKeys.callIds, d.callIds);
  if (content !== "none") writeText(writer, siemKeys.command, d.command);
  writeText(writer, siemKeys.path, d.path);
  writeText(writer, siemKeys.url, d.url);
  writeWord(writer, siemKeys.outcome, d.outcome);
  writeText(writer, siemKeys.reason, d.reason);
  if (d.own === undefined) return;
  for (const [name, value] of Object.entries(d.own)) writeValue(writer, siemKey(snakeCase(name)), value);
}

function writeCounts(writer: SiemWriter, d: EventDescription): void {
  writeNumber(writer, siemKeys.durationMs, d.durationMs);
  writeNumber(writer, siemKeys.inputTokens, d.inputTokens);
  writeNumber(writer, siemKeys.outputTokens, d.outputTokens);
  writeNumber(writer, siemKeys.cacheReadTokens, d.cacheReadTokens);
  writeNumber(writer, siemKeys.costUsd, d.costUsd);
}

function writeNames(writer: SiemWriter, d: EventDescription): void {
  writeText(writer, siemKeys.model, d.model);
  writeText(writer, siemKeys.provider, d.provider);
  writeText(writer, siemKeys.channel, d.channel);
  writeText(writer, siemKeys.sender, d.sender);
  writeText(writer, siemKeys.senderId, d.senderId);
  writeText(writer, siemKeys.recipient, d.recipient);
  writeText(writer, siemKeys.recipientId, d.recipientId);
  writeText(writer, siemKeys.rule, d.rule);
  writeText(writer, siemKeys.mcpServer, d.mcpServer);
  writeText(writer, siemKeys.fileHash, d.fileHash);
}

function writeOrigin(writer: SiemWriter, { hostname, sequence, labels }: FormatOptions): void {
  writeText(writer, siemKeys.host, hostname);
  if (sequence !== undefined) {
    writeNumber(writer, siemKeys.seq, sequence.number);
    writeWord(writer, siemKeys.boot, sequence.boot);
  }
  writeText(writer, siemKeys.tenant, labels?.tenant);
  writeText(writer, siemKeys.environment, labels?.environment);
}
