import { type Envelope } from "@clawmetry/siem-events";
import { ownCopy } from "@clawmetry/siem-text";
import { type CefKey } from "./cef-key.ts";
import { isPlain } from "./cef-text.ts";
import { eventKeys } from "./event-keys.ts";

/** How the fields were written that the events of a session have in common, each with a space before it. */
export interface SessionText {
  readonly agentType: string;
  readonly nodeAndHost: string;
  readonly sessionAndAgent: string;
  readonly workspace: string;
}

/**
 * What a formatter of many events remembers, so that it looks only once at the fields that the events of a session have in
 * common. It makes no difference to what is written, and holds at most 64 sessions.
 */
export interface CefMemory {
  /** The texts of a session that is known; any other may become known. */
  readonly recall: (envelope: Envelope, hostname: string | undefined) => SessionText | undefined;
}

interface KnownSession extends SessionText {
  readonly agent_type: string;
  readonly node_id: string;
  readonly agent_id: string;
  readonly workspace_id: string;
  readonly hostname: string | undefined;
}

const MOST_SESSIONS = 64;
// What is longer is not worth its room.
const LONGEST_VALUE = 128;

/** A memory that holds nothing yet. */
export function createCefMemory(): CefMemory {
  const sessions = new Map<string, KnownSession>();
  return {
    recall: (envelope, hostname) => {
      const { session_id: id } = envelope;
      if (typeof id !== "string") return undefined;
      const known = sessions.get(id);
      if (known !== undefined) return isOf(known, envelope, hostname) ? known : undefined;
      const learnt = learn(id, envelope, hostname);
      if (learnt === undefined) return undefined;
      if (sessions.size >= MOST_SESSIONS) sessions.clear();
      sessions.set(ownCopy(id), learnt);
      return learnt;
    },
  };
}

function isOf(known: KnownSession, envelope: Envelope, hostname: string | undefined): boolean {
  return (
    known.agent_type === envelope.agent_type &&
    known.node_id === envelope.node_id &&
    known.agent_id === envelope.agent_id &&
    known.workspace_id === envelope.workspace_id &&
    known.hostname === hostname
  );
}

// Only a session whose every value is written as it is can be remembered.
function learn(id: string, envelope: Envelope, hostname: string | undefined): KnownSession | undefined {
  const { agent_type, node_id, agent_id, workspace_id } = envelope;
  if (!isShown(agent_type) || !isShown(node_id) || !isShown(agent_id) || !isShown(workspace_id)) return undefined;
  if (!isShown(id) || (hostname !== undefined && !isHost(hostname))) return undefined;
  return {
    agent_type: ownCopy(agent_type),
    node_id: ownCopy(node_id),
    agent_id: ownCopy(agent_id),
    workspace_id: ownCopy(workspace_id),
    hostname,
    agentType: written(eventKeys.agentType, agent_type),
    nodeAndHost: written(eventKeys.nodeId, node_id) + written(eventKeys.hostname, hostname),
    sessionAndAgent: written(eventKeys.sessionId, id) + written(eventKeys.agentId, agent_id),
    workspace: written(eventKeys.workspaceId, workspace_id),
  };
}

function isShown(value: unknown): value is string {
  return typeof value === "string" && value.length <= LONGEST_VALUE && isPlain(value);
}

function isHost(hostname: string): boolean {
  return hostname.length <= eventKeys.hostname.maxLength && isPlain(hostname);
}

function written({ next }: CefKey, value: string | undefined): string {
  return value === undefined ? "" : ownCopy(next + value);
}
