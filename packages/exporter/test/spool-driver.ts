// Sends numbered events, and writes down the id of each that is durably accepted, until it is killed. The exporter is configured by
// the environment. Arguments: what ids begin with, how many events (0: only what the spool holds), the file for the ids, and
// milliseconds between two events of each of those that send.
import { openSync, writeSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { createSiemExporter, readConfig } from "@clawmetry/siem-exporter";

const AT_ONCE = 64;
const PATIENCE_MS = 120_000;

const [prefix = "", count = "0", ledgerPath = "", pauseMs = "0"] = process.argv.slice(2);
const ledger = openSync(ledgerPath, "a");
const exporter = createSiemExporter(readConfig() ?? { host: "127.0.0.1" });
let next = 1;

async function sendInTurn(): Promise<void> {
  while (next <= Number(count)) {
    const id = `${prefix}-${next++}`;
    await exporter.sendOrWait({ id, event_type: "tool.call", data: { name: "bash" } }, { timeoutMs: PATIENCE_MS });
    writeSync(ledger, `${id}\n`);
    if (pauseMs !== "0") await wait(Number(pauseMs));
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, sendInTurn));
await exporter.flush({ timeoutMs: PATIENCE_MS });
console.log(JSON.stringify(await exporter.close({ timeoutMs: PATIENCE_MS })));
