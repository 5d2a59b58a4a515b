import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSpool } from "@clawmetry/siem-spool";
import { captureTcp } from "@clawmetry/siem-testkit";
import { expect, onTestFinished, test } from "vitest";
import { run } from "../run.ts";
import { createFakeTerminal } from "../testing/fake-terminal.ts";

const FACTS = { lastSeq: 5, confirmedSeq: 0, untold: [] };

/** A spool that a process left with three events, two of severity 6 and one of 3. */
async function leftSpool(parent = mkdtempSync(join(tmpdir(), "cli-spool-")), name = "spool"): Promise<string> {
  onTestFinished(() => {
    rmSync(parent, { recursive: true, force: true });
  });
  const folder = join(parent, name);
  const spool = openSpool({ folder });
  spool.store.begin({ boot: "b0070001", facts: () => FACTS, onNews: () => undefined, onRoom: () => undefined });
  for (const [number, severity] of [6, 6, 3].entries()) {
    spool.offer({ text: `event ${number}`, severity, entry: { number, atMs: Date.UTC(2026, 10, 24) } });
  }
  await spool.store.close();
  return folder;
}

test("spool shows what waits, by severity, and who used it", async () => {
  const folder = await leftSpool();
  const terminal = createFakeTerminal();
  expect(await run(["spool", folder], terminal)).toBe(0);
  expect(terminal.out().split("\n")).toEqual([
    `${folder}: 3 events of 21 bytes wait in 165 bytes of files, the oldest of 2026-11-24T00:00:00.000Z`,
    "  severity 3: 1",
    "  severity 6: 2",
    "  boot b0070001, closed: last number 5, confirmed 0",
    "",
  ]);
});

test("spool --json prints one object for each spool of the variable's folder", async () => {
  const first = await leftSpool(undefined, "tcp_a_514");
  const parent = join(first, "..");
  await leftSpool(parent, "tcp_b_514");
  const terminal = createFakeTerminal({ env: { CLAWMETRY_SIEM_SPOOL_DIR: parent } });
  expect(await run(["spool", "--json"], terminal)).toBe(0);
  const reports = terminal.out().trimEnd().split("\n");
  expect(reports.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ folder: first, events: 3, bySeverity: { 3: 1, 6: 2 }, damaged: 0 }),
    expect.objectContaining({ folder: join(parent, "tcp_b_514"), events: 3 }),
  ]);
});

test("spool check ends with 1 for damage", async () => {
  const folder = await leftSpool();
  const terminal = createFakeTerminal();
  expect(await run(["spool", "check", folder], terminal)).toBe(0);
  const [name = ""] = readdirSync(folder).filter((file) => file.endsWith(".spool"));
  appendFileSync(join(folder, name), "torn");
  expect(await run(["spool", "check", folder], terminal)).toBe(1);
  expect(terminal.out().split("\n")).toEqual([
    `${folder}: 3 events can be read, 0 are damaged`,
    `${folder}: 3 events can be read, 1 are damaged`,
    "",
  ]);
});

test("spool drain sends what waits, and leaves nothing", async () => {
  const folder = await leftSpool();
  const collector = await captureTcp();
  onTestFinished(collector.close);
  const terminal = createFakeTerminal();
  const to = ["--host", "127.0.0.1", "--port", String(collector.port), "--protocol", "tcp"];
  expect(await run(["spool", "drain", folder, ...to], terminal)).toBe(0);
  await collector.waitFor(() => collector.messages.length === 3);
  expect(collector.messages).toEqual(["event 0", "event 1", "event 2"]);
  expect(terminal.err()).toBe(`${folder}: sent=3 dropped=0 left=0 errors=0 kept=0\n`);
  const after = createFakeTerminal();
  await run(["spool", folder], after);
  expect(after.out()).toContain(": 0 events of 0 bytes");
});

test("what cannot be drained stays", async () => {
  const folder = await leftSpool();
  const collector = await captureTcp();
  await collector.close();
  const terminal = createFakeTerminal();
  const to = ["--host", "127.0.0.1", "--port", String(collector.port), "--protocol", "tcp", "--give-up", "0.3"];
  expect(await run(["spool", "drain", folder, ...to], terminal)).toBe(1);
  expect(terminal.err()).toContain("kept=3");
  const after = createFakeTerminal();
  await run(["spool", folder], after);
  expect(after.out()).toContain(": 3 events of 21 bytes");
});

test("a spool in use is not drained", async () => {
  const folder = await leftSpool();
  const spool = openSpool({ folder });
  const terminal = createFakeTerminal();
  expect(await run(["spool", "drain", folder, "--host", "127.0.0.1", "--protocol", "tcp"], terminal)).toBe(2);
  expect(terminal.err()).toBe(`clawmetry-siem: the spool folder ${folder} is in use by process ${process.pid}\n`);
  await spool.store.close();
});

test.each([
  { arguments: ["spool"], says: "no spool: name its folder, or set CLAWMETRY_SIEM_SPOOL_DIR" },
  { arguments: ["spool", "/nowhere/at/all"], says: "/nowhere/at/all cannot be read: ENOENT" },
  { arguments: ["spool", "check", import.meta.dirname], says: `${import.meta.dirname} is no spool` },
  {
    arguments: ["spool", "drain", "x", "--host", "a,b", "--mode", "all"],
    says: "a spool is drained to one collector: set --mode to failover, or name one",
  },
])("bad usage is told: $says", async ({ arguments: argv, says }) => {
  const terminal = createFakeTerminal();
  expect(await run(argv, terminal)).toBe(2);
  expect(terminal.err()).toBe(`clawmetry-siem: ${says}\n`);
});
