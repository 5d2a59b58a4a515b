import { chainedFields, type ChainedField, readProperty, timeText } from "@clawmetry/siem-events";
import { asciiJson, escapeBeyondAscii } from "./ascii-json.ts";
import { jsonForm } from "./json-form.ts";
import { sha256Hex } from "./sha256-hex.ts";

/** The hash before the first event of a node: 64 zeros. */
export const genesisHash: string = "0".repeat(64);

/**
 * The `chain_hash` of an event that follows `previousHash` (64 lower-case hex digits) on its node: the hex SHA-256 of
 * `previousHash`, `|` and `chainedJson(event)`. Total: any object has one.
 */
export function chainHash(event: object, previousHash: string): string {
  return sha256Hex(`${previousHash}|${chainedJson(event)}`);
}

/**
 * What the chain covers of an event, as compact JSON in ASCII: the eight `chainedFields` in their order. What is missing (absent,
 * undefined or null) is `null`, an `agent_id` `"main"`, an `agent_type` `"openclaw"`; `ts` is its text. Numbers and booleans stay
 * what they are; an object is its canonical JSON, and what has none is `null`.
 */
export function chainedJson(event: object): string {
  return `{${chainedFields.map((field) => `"${field}":${fieldJson(event, field)}`).join(",")}}`;
}

/** Whether a value can be a hash of the chain: 64 lower-case hex digits. */
export function isChainHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function fieldJson(event: object, field: ChainedField): string {
  const value = readProperty(event, field);
  const given = field === "ts" ? (timeText(value) ?? value) : value;
  const text = given ?? missingText(field);
  if (typeof text === "string") return asciiJson(text);
  if (typeof text === "bigint") return String(text);
  return escapeBeyondAscii(jsonForm(text) ?? "null");
}

function missingText(field: ChainedField): string | null {
  if (field === "agent_id") return "main";
  return field === "agent_type" ? "openclaw" : null;
}
