import { type EventDescription } from "@clawmetry/siem-events";
import { numberJson, wordJson } from "./fact-json.ts";

const SCHEMA_VERSION = 1;

/** Writes the beginning of the object under `siem`: what is the same for all events of a kind. */
export type WriteKind = (description: EventDescription) => string;

/** The signature, its type and its severity, which every event has. */
export function kindJson(d: EventDescription): string {
  const signature = `"signature_id":${numberJson(d.signatureId)},"signature_name":${wordJson(d.signatureName)}`;
  return `{"schema":${SCHEMA_VERSION},${signature},"type":${wordJson(d.type)},"severity":${numberJson(d.cefSeverity)}`;
}
