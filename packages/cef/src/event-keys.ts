import { type CefKey, cefKey } from "./cef-key.ts";

/** What the event mapping has a key for. */
export type EventKey =
  | "shortId"
  | "id"
  | "type"
  | "eventType"
  | "action"
  | "outcome"
  | "reason"
  | "sender"
  | "senderId"
  | "recipient"
  | "recipientId"
  | "direction"
  | "agentType"
  | "service"
  | "nodeId"
  | "hostname"
  | "path"
  | "fileName"
  | "fileHash"
  | "url"
  | "method"
  | "urlHost"
  | "sessionId"
  | "agentId"
  | "model"
  | "channel"
  | "chainHash"
  | "chainPrevHash"
  | "payloadHash"
  | "inputTokens"
  | "outputTokens"
  | "cacheReadTokens"
  | "duration"
  | "cost"
  | "modelDuration"
  | "callIds"
  | "workspaceId"
  | "toolCount"
  | "ts"
  | "timeSource"
  | "sequence"
  | "boot"
  | "tenant"
  | "environment"
  | "message"
  | "changed"
  | "time";

/** The keys of the event mapping, in the order in which they are written. */
export const eventKeys: Readonly<Record<EventKey, CefKey>> = {
  shortId: cefKey("externalId", { cut: "never" }),
  id: cefKey("devicePayloadId", { cut: "never", chained: "id" }),
  type: cefKey("cat", { cut: "never" }),
  eventType: cefKey("ClawmetryEventType", { cut: "id", chained: "event_type" }),
  action: cefKey("act"),
  outcome: cefKey("outcome", { cut: "never" }),
  reason: cefKey("reason"),
  sender: cefKey("suser"),
  senderId: cefKey("suid"),
  recipient: cefKey("duser"),
  recipientId: cefKey("duid"),
  direction: cefKey("deviceDirection", { cut: "never" }),
  agentType: cefKey("sourceServiceName", { cut: "id", chained: "agent_type" }),
  service: cefKey("destinationServiceName"),
  nodeId: cefKey("deviceExternalId", { cut: "id", chained: "node_id" }),
  hostname: cefKey("dvchost", { cut: "id" }),
  path: cefKey("filePath"),
  fileName: cefKey("fname"),
  fileHash: cefKey("fileHash"),
  url: cefKey("request"),
  method: cefKey("requestMethod"),
  urlHost: cefKey("dhost"),
  sessionId: cefKey("cs1", { label: "sessionId", cut: "id", chained: "session_id" }),
  agentId: cefKey("cs2", { label: "agentId", cut: "id", chained: "agent_id" }),
  model: cefKey("cs3", { label: "model" }),
  channel: cefKey("cs4", { label: "channel" }),
  chainHash: cefKey("cs5", { label: "chainHash", cut: "never" }),
  chainPrevHash: cefKey("cs6", { label: "chainPrevHash", cut: "never" }),
  payloadHash: cefKey("ClawmetryPayloadHash", { cut: "never" }),
  inputTokens: cefKey("cn1", { label: "inputTokens", cut: "never" }),
  outputTokens: cefKey("cn2", { label: "outputTokens", cut: "never" }),
  cacheReadTokens: cefKey("cn3", { label: "cacheReadTokens", cut: "never" }),
  duration: cefKey("cn1", { label: "durationMs", cut: "never" }),
  cost: cefKey("cfp1", { label: "costUsd", cut: "never" }),
  modelDuration: cefKey("cfp2", { label: "durationMs", cut: "never" }),
  callIds: cefKey("flexString1", { label: "callId", cut: "id" }),
  workspaceId: cefKey("flexString2", { label: "workspaceId", cut: "id", chained: "workspace_id" }),
  toolCount: cefKey("ClawmetryToolCount", { cut: "never" }),
  ts: cefKey("ClawmetryTs", { cut: "id", chained: "ts" }),
  timeSource: cefKey("ClawmetryTimeSource", { cut: "never" }),
  sequence: cefKey("ClawmetrySeq", { cut: "never" }),
  boot: cefKey("ClawmetryBoot", { cut: "never" }),
  tenant: cefKey("ClawmetryTenant", { cut: "id" }),
  environment: cefKey("ClawmetryEnvironment", { cut: "id" }),
  message: cefKey("msg", { cut: "middle" }),
  changed: cefKey("ClawmetryChanged", { cut: "never" }),
  time: cefKey("rt", { cut: "never" }),
};
