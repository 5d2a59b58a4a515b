import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { captureTcp } from "@clawmetry/siem-testkit";
import { expect, onTestFinished, test, vi } from "vitest";
import { type ConfigError } from "./config-error.ts";
import { createSiemExporter, type SiemExporter } from "./create-siem-exporter.ts";
import { readConfig } from "./read-config.ts";
import { type SiemConfig } from "./siem-config.ts";

const call = { id: "evt_1", event_type: "tool.call" };

function newFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), "siem-spool-"));
  onTestFinished(() => {
    rmSync(parent, { recursive: true });
  });
  return join(parent, "spool");
}

function start(config: SiemConfig): SiemExporter {
  const exporter = createSiemExporter({ heartbeatSeconds: 0, ...config });
  onTestFinished(async () => {
    await exporter.close({ timeoutMs: 0 });
  });
  return exporter;
}

async function closedPort(): Promise<number> {
  const collector = await captureTcp();
  await collector.close();
  return collector.port;
}

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig({ CLAWMETRY_SIEM_HOST: "h", ...env });
  } catch (error) {
    return (error as ConfigError).problems.map(({ message }) => message);
  }
  return [];
}

test("what waits at the end is sent by the next exporter, and 9004 and 9005 tell of both", async () => {
  const spoolDir = newFolder();
  const first = start({ host: "127.0.0.1", port: await closedPort(), protocol: "tcp", spoolDir });
  first.send(call);
  expect(await first.close({ timeoutMs: 50 })).toEqual({ sent: 0, dropped: 0, left: 0, kept: 1 });

  const collector = await captureTcp();
  onTestFinished(collector.close);
  const next = start({ host: "127.0.0.1", port: collector.port, protocol: "tcp", spoolDir, lifecycleEvents: "on" });
  await next.flush();
  await next.close();
  await collector.waitFor(() => collector.messages.length === 3);
  const [started = "", event = "", stopped = ""] = collector.messages;
  const boot = /ClawmetryBoot=(\S+)/.exec(event)?.[1] ?? "";
  expect(event).toContain("|1001|Tool Call|");
  expect(started).toContain(
    `|9004|Exporter Started|3|cat=siem.exporter_started ClawmetryPreviousBoot=${boot} ClawmetryPreviousEnd=clean ` +
      "ClawmetryPreviousLastSeq=1 ClawmetryRecovered=1 ",
  );
  expect(stopped).toContain("|9005|Exporter Stopped|3|cat=siem.exporter_stopped ClawmetryUnsent=0 ClawmetryLastSeq=1 ");
});

test("without the setting, nobody is told of the start", async () => {
  const collector = await captureTcp();
  onTestFinished(collector.close);
  const exporter = start({ host: "127.0.0.1", port: collector.port, protocol: "tcp" });
  await exporter.sendOrWait(call, { until: "acknowledged" });
  await exporter.close();
  await collector.waitFor(() => collector.messages.length === 1);
  expect(collector.messages[0]).toContain("|1001|");
});

test("in mode all, each target has a folder of its own", async () => {
  const spoolDir = newFolder();
  const port = await closedPort();
  const targets = [
    { host: "127.0.0.1", port },
    { host: "::1", port },
  ];
  const exporter = start({ mode: "all", protocol: "tcp", spoolDir, targets });
  await exporter.sendOrWait(call);
  expect(readdirSync(spoolDir)).toEqual([`tcp_127.0.0.1_${port}`, `tcp____1__${port}`]);
  expect(exporter.stats.store).toMatchObject({ state: "disk" });
  await exporter.close({ timeoutMs: 50 });
});

test("a second exporter on the same folder is refused, and frees what it took before", async () => {
  const spoolDir = newFolder();
  const all = (host: string): SiemConfig => ({
    mode: "all",
    protocol: "tcp",
    spoolDir,
    targets: [{ host }, { host: "b" }],
  });
  start(all("a"));
  const taken = join(spoolDir, "tcp_b_514");
  expect(() => start(all("c"))).toThrow(`the spool folder ${taken} is in use by process ${process.pid}`);
  await vi.waitFor(() => {
    expect(readdirSync(join(spoolDir, "tcp_c_514"))).not.toContain("lock");
  });
});

test("settings of the spool need its folder, and are checked", () => {
  expect(problemsOf({ CLAWMETRY_SIEM_SPOOL_SYNC: "always", CLAWMETRY_SIEM_SPOOL_MAX_BYTES: "2000000" })).toEqual([
    "CLAWMETRY_SIEM_SPOOL_SYNC needs CLAWMETRY_SIEM_SPOOL_DIR, which is not set",
    "CLAWMETRY_SIEM_SPOOL_MAX_BYTES needs CLAWMETRY_SIEM_SPOOL_DIR, which is not set",
  ]);
  const folder = { CLAWMETRY_SIEM_SPOOL_DIR: "/x" };
  expect(problemsOf({ ...folder, CLAWMETRY_SIEM_SPOOL_SYNC: "often" })).toEqual([
    'CLAWMETRY_SIEM_SPOOL_SYNC must be always, interval or never, got "often"',
  ]);
  expect(problemsOf({ ...folder, CLAWMETRY_SIEM_SPOOL_MAX_BYTES: "1000" })).toEqual([
    "CLAWMETRY_SIEM_SPOOL_MAX_BYTES must be an integer from 1048576 to 17179869184, got 1000",
  ]);
  expect(readConfig({ CLAWMETRY_SIEM_HOST: "h", ...folder })).toMatchObject({
    spoolDir: "/x",
    spoolSync: "interval",
    spoolMaxBytes: 1_073_741_824,
  });
});
