import { kindJson, type WriteKind } from "./kind-json.ts";
import { plainProperty, type WriteProperty } from "./plain-property.ts";
import { rememberKinds } from "./remember-kinds.ts";
import { rememberProperties } from "./remember-properties.ts";

/**
 * What a formatter of many events remembers, so that it looks only once at what many events have in common. It makes no
 * difference to what is written, and holds at most 64 texts of each kind.
 */
export interface JsonMemory {
  readonly kind: WriteKind;
  readonly eventType: WriteProperty;
  readonly nodeId: WriteProperty;
  readonly agentType: WriteProperty;
  readonly agentId: WriteProperty;
  readonly sessionId: WriteProperty;
  readonly workspaceId: WriteProperty;
  readonly host: WriteProperty;
  readonly boot: WriteProperty;
}

/** A memory that holds nothing yet. */
export function createJsonMemory(): JsonMemory {
  return memoryOf(rememberKinds(), rememberProperties);
}

/** Remembers nothing. */
export const noMemory: JsonMemory = memoryOf(kindJson, plainProperty);

function memoryOf(kind: WriteKind, property: (before: string) => WriteProperty): JsonMemory {
  return {
    kind,
    eventType: property(',"event_type":"'),
    nodeId: property(',"node_id":"'),
    agentType: property(',"agent_type":"'),
    agentId: property(',"agent_id":"'),
    sessionId: property(',"session_id":"'),
    workspaceId: property(',"workspace_id":"'),
    host: property(',"host":"'),
    boot: property(',"boot":"'),
  };
}
