import {
  type ChainedField,
  chainedFields,
  chainedText,
  type Envelope,
  type EventDescription,
  isHeld,
} from "@clawmetry/siem-events";

const NONE: readonly never[] = [];

/**
 * The chained fields that a line of JSON does not hold exactly: what is missing, of another type, not well-formed, or longer
 * than `maxId` characters, to which all but the event's id are cut. The exporter's own events are in no chain.
 */
export function changedFields(envelope: Envelope, { own }: EventDescription, maxId: number): readonly ChainedField[] {
  if (own !== undefined || isWhole(envelope, maxId)) return NONE;
  return chainedFields.filter((field) => !isShown(envelope, field, maxId));
}

// Most events, without a look at each field by its name.
function isWhole(envelope: Envelope, maxId: number): boolean {
  return (
    isWholeText(envelope.id, Infinity) &&
    isWholeText(envelope.event_type, maxId) &&
    isWholeText(envelope.ts, maxId) &&
    isWholeText(envelope.node_id, maxId) &&
    isWholeText(envelope.agent_id, maxId) &&
    isWholeText(envelope.agent_type, maxId) &&
    (envelope.session_id === null || isWholeText(envelope.session_id, maxId)) &&
    (envelope.workspace_id === null || isWholeText(envelope.workspace_id, maxId))
  );
}

function isWholeText(value: unknown, most: number): boolean {
  return typeof value === "string" && value !== "" && value.length <= most && value.isWellFormed();
}

function isShown(envelope: Envelope, field: ChainedField, maxId: number): boolean {
  const text = chainedText(envelope, field)?.toWellFormed();
  if (text !== undefined && field !== "id" && text.length > maxId) return false;
  return isHeld(envelope, field, text);
}
