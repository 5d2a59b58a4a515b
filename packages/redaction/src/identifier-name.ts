// The fields that say which event this is: the chain covers them, so they must stay as they came.
const OF_EVENT = new Set([
  "id",
  "node_id",
  "agent_id",
  "agent_type",
  "session_id",
  "workspace_id",
  "event_type",
  "ts",
  "model",
  "chain_hash",
  "chain_prev_hash",
  "payload_hash",
]);
const ANYWHERE = new Set(
  (
    "id nodeid agentid agenttype sessionid workspaceid eventid eventtype type ts timestamp time createdat model modelid chainhash " +
    "chainprevhash prevhash payloadhash hash sha1 sha256 tooluseid toolcallid callid requestid responseid traceid spanid parentid " +
    "parentspanid runid uuid"
  ).split(" "),
);
const MAX_NAME = 24;

/** Whether a property at the top of an event identifies it, and is never changed. */
export function isEventIdentifier(name: string): boolean {
  return OF_EVENT.has(name);
}

/** Whether a property identifies something wherever it stands, in snake or camel case: what it holds is no personal data. */
export function isIdentifierName(name: string): boolean {
  return name.length <= MAX_NAME && ANYWHERE.has(name.replaceAll("_", "").toLowerCase());
}
