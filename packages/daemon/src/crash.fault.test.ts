import { stat } from "node:fs/promises";
import { verifyChain } from "@clawmetry/integrity";
import { expect, test } from "vitest";
import { eventsOf, idsOf, startCollector } from "../test/collector.ts";
import { type DaemonProcess, startDaemonProcess } from "../test/daemon-process.ts";
import { createStoreFile, post } from "../test/start-test-daemon.ts";
import { verifyStore } from "./verify-store.ts";

const PER_BATCH = 50;

function start(storeFile: string, siemPort: number): Promise<DaemonProcess> {
  return startDaemonProcess(["--port", "0", "--store", storeFile, "--node-id", "node-a"], {
    CLAWMETRY_SIEM_HOST: "127.0.0.1",
    CLAWMETRY_SIEM_PORT: String(siemPort),
    CLAWMETRY_SIEM_PROTOCOL: "tcp",
    CLAWMETRY_SIEM_FORMAT: "json",
    CLAWMETRY_SIEM_SYSLOG: "none",
    CLAWMETRY_SIEM_HEARTBEAT_SECONDS: "0",
  });
}

/** Posts a batch, and gives the ids of its events once they are stored. */
async function postBatch(daemon: DaemonProcess, round: number): Promise<readonly string[]> {
  const ids = Array.from({ length: PER_BATCH }, (_, index) => `${round}-${index}`);
  const { status } = await post(daemon, { events: ids.map((id) => ({ id, event_type: "tool.call" })) });
  expect(status).toBe(200);
  return ids;
}

test("what was stored and not forwarded when the process was killed is forwarded at the next start, once", async () => {
  const away = await startCollector();
  await away.close();
  const storeFile = await createStoreFile();
  const daemon = await start(storeFile, away.port);
  const ids = [...(await postBatch(daemon, 1)), ...(await postBatch(daemon, 2))];
  daemon.kill("SIGKILL");
  expect(await daemon.ended).toMatchObject({ signal: "SIGKILL" });

  const collector = await startCollector();
  const next = await start(storeFile, collector.port);
  ids.push(...(await postBatch(next, 3)));
  await collector.waitFor(() => collector.messages.length === 3 * PER_BATCH);
  next.kill("SIGTERM");
  expect(await next.ended).toMatchObject({ code: 0 });
  expect(idsOf(collector)).toEqual(ids);
  expect(await verifyChain(eventsOf(collector))).toMatchObject({ status: "valid", verified: 150 });
  expect(await verifyStore(storeFile)).toMatchObject({ valid: true, chain: { verified: 150 } });
});

test("killed while it forwards, it leaves no hole, and what comes twice is told by its id", async () => {
  const collector = await startCollector();
  const storeFile = await createStoreFile();
  const daemon = await start(storeFile, collector.port);
  const stored: string[] = [];
  for (let round = 0; round < 5; round++) stored.push(...(await postBatch(daemon, round)));
  const last = postBatch(daemon, 5).catch(() => []); // may be stored, or not: nobody was told
  await collector.waitFor(() => collector.messages.length > PER_BATCH);
  daemon.kill("SIGKILL");
  await Promise.all([last, daemon.ended]);

  const next = await start(storeFile, collector.port);
  const ids = (): ReadonlySet<unknown> => new Set(idsOf(collector));
  await collector.waitFor(() => stored.every((id) => ids().has(id)));
  next.kill("SIGTERM");
  expect(await next.ended).toMatchObject({ code: 0 });
  const report = await verifyStore(storeFile);
  expect(report.valid).toBe(true);
  expect(ids().size).toBe(report.chain.events);
  const wire = await verifyChain(eventsOf(collector));
  expect(wire).toMatchObject({ status: "valid", verified: report.chain.events });
  expect(wire.nodes[0]?.duplicated).toHaveLength(collector.messages.length - report.chain.events);
});

test("what it stores is for its user alone", async () => {
  const storeFile = await createStoreFile();
  const daemon = await startDaemonProcess(["--port", "0", "--store", storeFile]);
  expect(((await stat(storeFile)).mode & 0o777).toString(8)).toBe("600");
  daemon.kill("SIGINT");
  const { code, err } = await daemon.ended;
  expect(code).toBe(0);
  expect(err).toBe(
    `listening on ${daemon.url}, 0 events in ${storeFile}\n` +
      "not forwarding: CLAWMETRY_SIEM_HOST is not set\n" +
      "stopped with 0 events stored\n",
  );
});
