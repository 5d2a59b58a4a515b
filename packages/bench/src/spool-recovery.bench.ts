import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createExporter, type Transport } from "@clawmetry/siem-core";
import { openSpool, type Spool } from "@clawmetry/siem-spool";
import { publish } from "./report.ts";
import { usedMemory } from "./used-memory.ts";

const MIB = 2 ** 20;
const WANTED_BYTES = Number(process.env["BENCH_SPOOL_MIB"] ?? 1000) * MIB;
const TEXT = "x".repeat(450);

async function fill(folder: string): Promise<number> {
  const spool = openSpool({ folder, sync: "never", maxBytes: WANTED_BYTES + 64 * MIB });
  spool.store.begin({
    boot: "b0070001",
    facts: () => ({ lastSeq: 0, confirmedSeq: 0, untold: [] }),
    onNews: () => undefined,
    onRoom: () => undefined,
  });
  let count = 0;
  while (spool.store.stats.bytes < WANTED_BYTES) {
    count += 1;
    spool.offer({ text: `${count} ${TEXT}`, severity: 4 + (count % 3), entry: { number: count, atMs: Date.now() } });
    if (count % 1000 === 0) await nextTurn();
  }
  await spool.store.close();
  return count;
}

/** Sends everything to nowhere, and gives the most memory that was in use meanwhile. */
async function drain(queue: Spool): Promise<{ readonly mostBytes: number; readonly sent: number }> {
  let sent = 0;
  let mostBytes = 0;
  const transport: Transport = {
    send: async (messages) => {
      if (Math.floor(sent / 100_000) < Math.floor((sent + messages.length) / 100_000)) {
        mostBytes = Math.max(mostBytes, usedMemory());
      }
      sent += messages.length;
      await nextTurn();
    },
    close: () => Promise.resolve(),
    onBreak: () => undefined,
    state: "connected",
  };
  const exporter = createExporter<string>({ format: (text) => ({ text, severity: 6 }), transport, queue });
  await exporter.flush({ timeoutMs: 100_000 });
  await exporter.close();
  return { mostBytes, sent };
}

const parent = mkdtempSync(join(tmpdir(), "spool-bench-"));
try {
  const folder = join(parent, "spool");
  const count = await fill(folder);
  const before = usedMemory();
  const start = performance.now();
  const spool = openSpool({ folder, maxBytes: WANTED_BYTES + 64 * MIB });
  const openMs = performance.now() - start;
  const opened = usedMemory();
  const drainStart = performance.now();
  const { mostBytes, sent } = await drain(spool);
  const drainSeconds = (performance.now() - drainStart) / 1000;
  if (sent !== count) throw new Error(`${sent} of ${count} came back`);
  publish({
    title: "Recovery of a spool",
    about: `${count.toLocaleString("en")} events of ${TEXT.length} bytes in ${Math.round(WANTED_BYTES / MIB)} MiB, from the page cache: opened, every record checked, and drained to nowhere.`,
    columns: ["what", "value"],
    rows: [
      ["open, s", openMs / 1000],
      ["open, MiB/s", WANTED_BYTES / MIB / (openMs / 1000)],
      ["memory once open, MiB", (opened - before) / MIB],
      ["drain, events/s", count / drainSeconds],
      ["most memory while it drains, MiB", (mostBytes - before) / MIB],
    ],
  });
} finally {
  rmSync(parent, { recursive: true });
}
