import * as fs from "node:fs";
import { join } from "node:path";
import { createExporter, type Exporter, type ExporterFacts, type ExporterOptions } from "@clawmetry/siem-core";
import { expect, onTestFinished, test } from "vitest";
import { failingFiles } from "../test/failing-files.ts";
import { crashCopy, newFolder, segmentFiles } from "../test/spool-setup.ts";
import { openSpool } from "./open-spool.ts";
import { type SpoolOptions } from "./spool-options.ts";

interface Setup {
  readonly exporter: Exporter<string>;
  readonly received: string[];
  readonly facts: ExporterFacts[];
  /** Whether the collector takes what is sent. */
  readonly collector: { up: boolean };
}

/** An exporter whose events are of the severity of their first digit; 10 of them are in memory at most. */
function start(folder: string, spool: Partial<SpoolOptions> = {}, more: Partial<ExporterOptions<string>> = {}): Setup {
  const received: string[] = [];
  const facts: ExporterFacts[] = [];
  const collector = { up: true };
  const exporter = createExporter<string>({
    format: (text, { sequence: { number } }) =>
      text === "too large" ? "too_large" : { text: `${number} ${text}`, severity: Number(text[0]) },
    transport: {
      send: async (messages) => {
        await Promise.resolve();
        if (!collector.up) throw new Error("no collector");
        received.push(...messages);
      },
      close: () => Promise.resolve(),
      onBreak: () => undefined,
      state: "connected",
    },
    ownEvent: (fact) => {
      facts.push(fact);
      return `5 ${fact.kind}`;
    },
    queue: openSpool({ folder, limits: { maxEvents: 20 }, ...spool }),
    limits: { maxEvents: 20 },
    retry: { initialDelayMs: 1, maxDelayMs: 5 },
    ...more,
  });
  onTestFinished(async () => {
    await exporter.close({ timeoutMs: 0 });
  });
  return { exporter, received, facts, collector };
}

/** Damages one record. Gives the boot id of its process. */
function damageOne(folder: string): string {
  const name = segmentFiles(folder).at(-1) ?? "";
  const path = join(folder, name);
  const bytes = fs.readFileSync(path);
  bytes[200] = (bytes[200] ?? 0) ^ 1;
  fs.writeFileSync(path, bytes);
  return name.slice(-14, -6);
}

function sendAll(exporter: Exporter<string>, count: number, severity = 6): void {
  for (let number = 1; number <= count; number++) exporter.send(`${severity} event ${number}`);
}

/** In every snapshot, nothing has disappeared. */
function expectBalance({ stats }: Exporter<string>): void {
  const { accepted, sent, queuedEvents, dropped } = stats;
  expect(accepted).toBe(sent + queuedEvents + dropped.evicted + dropped.rejected + dropped.shutdown + dropped.damaged);
}

test("what waits at the end is sent by the next process, first, under its old numbers", async () => {
  const folder = newFolder();
  const first = start(folder);
  first.collector.up = false;
  sendAll(first.exporter, 100);
  expectBalance(first.exporter);
  expect(await first.exporter.close({ timeoutMs: 20 })).toEqual({ sent: 0, dropped: 0, left: 0, kept: 100 });
  expectBalance(first.exporter);

  const next = start(folder);
  next.exporter.send("6 new");
  expect(next.exporter.stats).toMatchObject({ accepted: 101, confirmedSeq: 0, store: { recovered: 100 } });
  expect(await next.exporter.flush()).toBe(true);
  expect(next.received).toEqual([
    ...Array.from({ length: 100 }, (_, index) => `${index + 1} 6 event ${index + 1}`),
    "1 6 new",
  ]);
  expectBalance(next.exporter);
  expect(next.exporter.stats.confirmedSeq).toBe(1);
  expect(await next.exporter.close()).toEqual({ sent: 101, dropped: 0, left: 0, kept: 0 });
  expect(segmentFiles(folder)).toEqual([]);
});

test("an outage of any length within the bound costs nothing", async () => {
  const { exporter, received, collector } = start(newFolder());
  collector.up = false;
  sendAll(exporter, 5000);
  expect(exporter.stats).toMatchObject({ accepted: 5000, queuedEvents: 5000, store: { events: 4990 } });
  collector.up = true;
  expect(await exporter.flush()).toBe(true);
  expect(received).toHaveLength(5000);
  expect(received.at(-1)).toBe("5000 6 event 5000");
  expectBalance(exporter);
});

test("sendOrWait resolves when the event would survive a crash", async () => {
  const folder = newFolder();
  const { exporter, collector } = start(folder);
  collector.up = false;
  await Promise.all(Array.from({ length: 30 }, (_, index) => exporter.sendOrWait(`6 event ${index + 1}`)));
  const next = start(crashCopy(folder));
  expect(await next.exporter.flush()).toBe(true);
  expect(next.received).toHaveLength(30);
});

test("sendOrWait rejects when the disk cannot take the event, which waits in memory", async () => {
  const files = failingFiles();
  const { exporter, collector } = start(newFolder(), { files });
  collector.up = false;
  files.fail("ENOSPC");
  await expect(exporter.sendOrWait("6 a")).rejects.toMatchObject({
    name: "SendError",
    code: "store",
    message: expect.stringMatching(
      /^event 1 waits in memory alone: the spool folder .* cannot be used: ENOSPC$/,
    ) as string,
  });
  expect(exporter.stats).toMatchObject({ queuedEvents: 1, store: { state: "memory" } });
});

test("until acknowledged, sendOrWait waits for the hand-over", async () => {
  const { exporter, collector, received } = start(newFolder());
  collector.up = false;
  const waiting = exporter.sendOrWait("6 a", { until: "acknowledged", timeoutMs: 10_000 });
  await exporter.sendOrWait("6 b");
  expect(received).toEqual([]);
  collector.up = true;
  await waiting;
  expect(received.slice(0, 2)).toEqual(["1 6 a", "2 6 b"]);
});

test("events 9001 tell of damaged records, with the boot id of their process", async () => {
  const folder = newFolder();
  const first = start(folder);
  first.collector.up = false;
  sendAll(first.exporter, 40);
  await first.exporter.close({ timeoutMs: 20 });
  const boots = damageOne(folder);

  const next = start(folder);
  await next.exporter.flush();
  await next.exporter.close();
  expect(next.exporter.stats.dropped.damaged).toBe(1);
  expectBalance(next.exporter);
  expect(next.facts).toEqual([
    expect.objectContaining({ kind: "loss", count: 1, byReason: { damaged: 1 }, bySeverity: { 6: 1 }, boot: boots }),
  ]);
});

test("losses that were not told are told by the next process", async () => {
  const folder = newFolder();
  const first = start(folder, {}, { maxBatchEvents: 1 });
  first.collector.up = false;
  first.exporter.send("6 a");
  for (let count = 0; count < 3; count++) first.exporter.send("too large");
  await first.exporter.close({ timeoutMs: 20 });

  const next = start(folder);
  await next.exporter.flush();
  await next.exporter.close();
  expect(next.facts).toEqual([
    expect.objectContaining({ kind: "loss", count: 3, byReason: { too_large: 3 }, seqFrom: 2, seqTo: 4 }),
  ]);
});

test("the start tells of the process before it", async () => {
  const folder = newFolder();
  const first = start(folder);
  first.collector.up = false;
  sendAll(first.exporter, 3);
  await first.exporter.close({ timeoutMs: 20 });
  const next = start(folder, {}, { lifecycle: true });
  await next.exporter.flush();
  await next.exporter.close();
  expect(next.facts[0]).toEqual({
    kind: "start",
    previous: { boot: expect.stringMatching(/^[0-9a-f]{8}$/) as string, clean: true, lastSeq: 3 },
    recovered: 3,
  });
  expect(next.facts.at(-1)).toMatchObject({ kind: "stop", unsent: 0 });
});

test("ready waits for room on disk, not in memory", async () => {
  const { exporter, collector } = start(newFolder());
  collector.up = false;
  sendAll(exporter, 1000);
  await expect(exporter.ready()).resolves.toBeUndefined();
});

test("ready resolves when a full spool was emptied", async () => {
  const { exporter, collector } = start(newFolder(), { maxBytes: 1024 ** 2, syncIntervalMs: 10 });
  collector.up = false;
  while (exporter.send(`6 ${"x".repeat(2000)}`));
  const isReady = exporter.ready();
  collector.up = true;
  await expect(isReady).resolves.toBeUndefined();
});

test("an event near others that were given up may have been dropped too, and may come", async () => {
  const { exporter, collector, received } = start(newFolder(), { maxBytes: 1024 ** 2 });
  collector.up = false;
  sendAll(exporter, 12);
  exporter.send(`7 ${"x".repeat(2000)}`);
  const waiting = exporter.sendOrWait("1 severe", { until: "acknowledged" });
  while (exporter.send(`7 ${"x".repeat(2000)}`));
  exporter.send(`0 ${"x".repeat(3000)}`);
  await expect(waiting).rejects.toMatchObject({
    code: "unknown",
    reason: "evicted",
    message: "event 14 may have been dropped: evicted",
  });
  collector.up = true;
  expect(await exporter.flush()).toBe(true);
  expect(received).toContain("14 1 severe");
});

test("losses of a process whose folder is found late are told", async () => {
  const folder = newFolder();
  const first = start(folder, {}, { maxBatchEvents: 1 });
  first.collector.up = false;
  first.exporter.send("6 a");
  for (let count = 0; count < 3; count++) first.exporter.send("too large");
  await first.exporter.close({ timeoutMs: 20 });

  const files = failingFiles();
  files.fail("ENOSPC");
  const { exporter, facts } = start(folder, { files, syncIntervalMs: 10 });
  files.work();
  await expect.poll(() => exporter.stats.store?.state).toBe("disk");
  await exporter.close();
  expect(facts).toEqual([
    expect.objectContaining({ kind: "loss", count: 3, byReason: { too_large: 3 }, seqFrom: 2, seqTo: 4 }),
  ]);
});
