import { encodeJson, formatJson } from "@clawmetry/siem-json";

// Any value: one safe line.
console.log(encodeJson({ text: "CEF:0|\u2028\u202e", big: 1n, bytes: new TextEncoder().encode("é") }));

// An agent event: its facts under `siem`, then the event as it is.
console.log(
  formatJson({
    id: "evt_1",
    event_type: "channel.in",
    ts: "2026-01-02T03:04:05.678Z",
    node_id: "n1",
    agent_id: "main",
    agent_type: "openclaw",
    session_id: null,
    workspace_id: null,
    data: { from: { id: 5, username: "bob" }, channel: "irc", text: "hi" },
  }),
);

// prints:
// {"text":"CEF\u003a0|\u2028\u202e","big":"1","bytes":"é"}
// {"siem":{"schema":1,"signature_id":2001,"signature_name":"Message Received","type":"channel.in","severity":3,"time":"2026-01-02T03:04:05.678Z","channel":"irc","sender":"bob","sender_id":"5"},"id":"evt_1","event_type":"channel.in","ts":"2026-01-02T03:04:05.678Z","node_id":"n1","agent_id":"main","agent_type":"openclaw","session_id":null,"workspace_id":null,"data":{"from":{"id":5,"username":"bob"},"channel":"irc","text":"hi"}}
