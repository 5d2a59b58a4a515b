/** A key of the object under `siem`, and how it is written. */
export interface SiemKey {
  readonly name: string;
  /** The key after a comma, and what begins a text. */
  readonly beforeText: string;
  /** The key after a comma. */
  readonly beforeValue: string;
}

/** A key of the object under `siem`. */
export function siemKey(name: string): SiemKey {
  return { name, beforeText: `,"${name}":"`, beforeValue: `,"${name}":` };
}

/** What the event mapping has a key for. */
export type SiemKeyName =
  | "signatureId"
  | "signatureName"
  | "type"
  | "severity"
  | "time"
  | "timeSource"
  | "tools"
  | "callIds"
  | "command"
  | "path"
  | "url"
  | "outcome"
  | "reason"
  | "durationMs"
  | "inputTokens"
  | "outputTokens"
  | "cacheReadTokens"
  | "costUsd"
  | "model"
  | "provider"
  | "channel"
  | "sender"
  | "senderId"
  | "recipient"
  | "recipientId"
  | "rule"
  | "mcpServer"
  | "fileHash"
  | "host"
  | "seq"
  | "boot"
  | "tenant"
  | "environment"
  | "changed"
  | "truncated";

/** The keys of the event mapping below `siem`, in the order in which they are written; `changed` and `truncated` are the last. */
export const siemKeys: Readonly<Record<SiemKeyName, SiemKey>> = {
  signatureId: siemKey("signature_id"),
  signatureName: siemKey("signature_name"),
  type: siemKey("type"),
  severity: siemKey("severity"),
  time: siemKey("time"),
  timeSource: siemKey("time_source"),
  tools: siemKey("tools"),
  callIds: siemKey("call_ids"),
  command: siemKey("command"),
  path: siemKey("path"),
  url: siemKey("url"),
  outcome: siemKey("outcome"),
  reason: siemKey("reason"),
  durationMs: siemKey("duration_ms"),
  inputTokens: siemKey("input_tokens"),
  outputTokens: siemKey("output_tokens"),
  cacheReadTokens: siemKey("cache_read_tokens"),
  costUsd: siemKey("cost_usd"),
  model: siemKey("model"),
  provider: siemKey("provider"),
  channel: siemKey("channel"),
  sender: siemKey("sender"),
  senderId: siemKey("sender_id"),
  recipient: siemKey("recipient"),
  recipientId: siemKey("recipient_id"),
  rule: siemKey("rule"),
  mcpServer: siemKey("mcp_server"),
  fileHash: siemKey("file_hash"),
  host: siemKey("host"),
  seq: siemKey("seq"),
  boot: siemKey("boot"),
  tenant: siemKey("tenant"),
  environment: siemKey("environment"),
  changed: siemKey("changed"),
  truncated: siemKey("truncated"),
};
