import { encodeCef, formatCef, parseCef } from "@clawmetry/siem-cef";

// Any record: the codec knows nothing of agents.
const line = encodeCef({
  deviceVendor: "Example",
  deviceProduct: "gateway",
  deviceVersion: "1.0",
  signatureId: "login",
  name: "Login | failed",
  severity: 6,
  extensions: { suser: "alice", msg: "wrong password\nact=allow", end: 1767323045678 },
});
console.log(line);
console.log(JSON.stringify(parseCef(line).extensions));

// An agent event, by the mapping of @clawmetry/siem-events.
console.log(
  formatCef({
    id: "evt_1",
    event_type: "tool.call",
    ts: "2026-01-02T03:04:05.678Z",
    node_id: "n1",
    agent_id: "main",
    agent_type: "openclaw",
    session_id: null,
    workspace_id: null,
    data: { name: "bash", input: { command: "ls -la | grep x=1" } },
  }),
);

// prints:
// CEF:0|Example|gateway|1.0|login|Login / failed|6|suser=alice msg=wrong password\nact\=allow end=1767323045678
// {"suser":"alice","msg":"wrong password\nact=allow","end":"1767323045678"}
// CEF:0|ClawMetry|clawmetry|1|1001|Tool Call|3|externalId=evt_1 devicePayloadId=evt_1 cat=tool.call act=bash sourceServiceName=openclaw deviceExternalId=n1 cs2Label=agentId cs2=main msg=ls -la | grep x\=1 rt=1767323045678
