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
  return own === undefined ? chainedFields.filter((field) => !isShown(envelope, field, maxId)) : NONE;
}

/** `changedFields` of an event whose texts are all well-formed, on a line that shows them whole. */
export function changedPlainFields(envelope: Envelope, description: EventDescription): readonly ChainedField[] {
  return isWhole(envelope) ? NONE : changedFields(envelope, description, Infinity);
}

// Most events, without a look at each field by its name.
function isWhole(envelope: Envelope): boolean {
  return (
    isText(envelope.id) &&
    isText(envelope.event_type) &&
    isText(envelope.ts) &&
    isText(envelope.node_id) &&
    isText(envelope.agent_id) &&
    isText(envelope.agent_type) &&
    (envelope.session_id === null || isText(envelope.session_id)) &&
    (envelope.workspace_id === null || isText(envelope.workspace_id))
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isShown(envelope: Envelope, field: ChainedField, maxId: number): boolean {
  const text = chainedText(envelope, field)?.toWellFormed();
  if (text !== undefined && field !== "id" && text.length > maxId) return false;
  return isHeld(envelope, field, text);
}
