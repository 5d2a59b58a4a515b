import { redactEvent, redactionFromEnv } from "@clawmetry/redaction";

const event = {
  id: "evt_1",
  event_type: "tool.call",
  data: {
    name: "bash",
    input: { command: "curl -H 'Authorization: Bearer s3cr3t-t0ken' https://bob:hunter2@db.example/" },
    output: '{"user": "ana@example.com", "api_key": "abc123", "input_tokens": 42}',
    card: "4111 1111 1111 1111",
  },
};

console.log(JSON.stringify(redactEvent(event, redactionFromEnv(process.env)), null, 1));

// prints:
// {
//  "id": "evt_1",
//  "event_type": "tool.call",
//  "data": {
//   "name": "bash",
//   "input": {
//    "command": "curl -H 'Authorization: Bearer [REDACTED:fe5f98c6]' https://bob:[REDACTED:f52fbd32]@db.example/"
//   },
//   "output": "{\"user\": \"[email]\", \"api_key\": \"[REDACTED:6ca13d52]\", \"input_tokens\": 42}",
//   "card": "[card:visa]"
//  }
// }
