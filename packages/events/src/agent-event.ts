/**
 * One action of an AI agent, as the daemon hands it over: redacted, and stamped into the hash chain. Every field may be
 * missing or of a wrong type: nothing downstream relies on this type at run time.
 */
export interface AgentEvent {
  readonly id?: string;
  /** Such as `tool.call`; see `signatures` for the known ones and their aliases. */
  readonly event_type?: string;
  /** ISO 8601 text (UTC where it has no zone), or a number: seconds below 1e11, else milliseconds since 1970. */
  readonly ts?: string | number | Date;
  readonly node_id?: string;
  readonly agent_id?: string;
  /** The runtime, such as `openclaw` or `claude_code`. */
  readonly agent_type?: string;
  readonly session_id?: string | null;
  readonly workspace_id?: string | null;
  readonly model?: string;
  readonly cost_usd?: number;
  readonly token_count?: number;
  /** What happened: an object, a JSON text, or bytes that hold a JSON text. */
  readonly data?: unknown;
  readonly chain_hash?: string;
  readonly chain_prev_hash?: string;
  /** Hash of `data`, hex: the chain covers who, when and where, and this what. */
  readonly payload_hash?: string | undefined;
  readonly [key: string]: unknown;
}
