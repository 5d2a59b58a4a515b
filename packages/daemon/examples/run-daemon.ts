import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDaemon, verifyStore } from "@clawmetry/daemon";

const folder = await mkdtemp(join(tmpdir(), "clawmetry-"));
const storeFile = join(folder, "events.duckdb");
const token = "0123456789abcdef0123456789abcdef"; // of your own: openssl rand -hex 32
const daemon = await startDaemon({ storeFile, token, port: 0 });

const command = "curl -H 'Authorization: Bearer eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl' https://api.example";
const response = await fetch(`${daemon.url}/api/v1/runs/run-1/events`, {
  method: "POST",
  headers: { "X-ClawMetry-Token": token },
  body: JSON.stringify({
    events: [{ id: "evt_1", event_type: "tool.call", data: { name: "bash", input: { command } } }],
  }),
});
console.log(response.status, await response.json());
console.log(await daemon.close());

const { valid, chain, payloads } = await verifyStore(storeFile);
console.log(valid, chain.verified, payloads.verified);
await rm(folder, { recursive: true });

// prints:
// 200 { accepted: 1, duplicates: 0 }
// { left: 0 }
// true 1 1
