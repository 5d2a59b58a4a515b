import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createExporter, type Exporter, type Transport, TransportError } from "@clawmetry/siem-core";
import { openSpool } from "@clawmetry/siem-spool";

const folder = mkdtempSync(join(tmpdir(), "spool-example-"));

function start(send: Transport["send"]): Exporter<string> {
  const transport: Transport = { send, close: () => Promise.resolve(), onBreak: () => undefined, state: "connected" };
  return createExporter({
    format: (text) => ({ text, severity: 4 }),
    transport,
    queue: openSpool({ folder, sync: "always" }),
  });
}

const down = start(() => Promise.reject(new TransportError("no collector", { code: "connect", retryable: true })));
await down.sendOrWait("login refused", { timeoutMs: 5000 }); // on disk and synced
console.log(await down.close({ timeoutMs: 100 }));

const up = start(async (messages) => {
  for (const message of messages) console.log(message);
  await Promise.resolve();
});
console.log(await up.flush(), await up.close());
rmSync(folder, { recursive: true });

// prints:
// { sent: 0, dropped: 0, left: 0, kept: 1 }
// login refused
// true { sent: 1, dropped: 0, left: 0, kept: 0 }
