import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  makeReceiverCertificates,
  poll,
  type Receiver,
  type ReceivedRecord,
  type ReceiverCertificates,
  reportFault,
  type RsyslogInput,
  seededRandom,
  startRsyslog,
} from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startSpoolDriver } from "../../test/start-spool-driver.ts";

const SEED = Number(process.env["SPOOL_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const EVENTS = Number(process.env["SPOOL_EVENTS"] ?? 4000);
const ROUNDS = Number(process.env["SPOOL_ROUNDS"] ?? 4);
const ROUND_LIMIT_MS = 60_000;
const PAUSE_MS = 20; // 3,000 events a second

let certificates: ReceiverCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
});
afterAll(() => certificates.remove());

/** How events go to the collector. */
interface Route {
  readonly protocol: string;
  readonly input: RsyslogInput;
  readonly env?: (files: ReceiverCertificates) => Readonly<Record<string, string>>;
  /** Whether the sender knows what the collector has: then nothing is lost, whoever is killed. */
  readonly acknowledges: boolean;
}

const routes: readonly Route[] = [
  { protocol: "tcp", input: "tcp", acknowledges: false },
  {
    protocol: "tcp-tls",
    input: "tls",
    env: ({ caFile }) => ({ CLAWMETRY_SIEM_TLS_CA_FILE: caFile, CLAWMETRY_SIEM_TLS_SERVERNAME: "localhost" }),
    acknowledges: false,
  },
  { protocol: "relp", input: "relp", acknowledges: true },
  {
    protocol: "relp-tls",
    input: "relpTls",
    env: ({ caFile, client }) => ({
      CLAWMETRY_SIEM_TLS_CA_FILE: caFile,
      CLAWMETRY_SIEM_TLS_SERVERNAME: "localhost",
      CLAWMETRY_SIEM_TLS_CERT_FILE: client.certFile,
      CLAWMETRY_SIEM_TLS_KEY_FILE: client.keyFile,
    }),
    acknowledges: true,
  },
];
const cases = routes.flatMap((route) => [
  { ...route, victims: "the sender", killsCollector: false },
  { ...route, victims: "the sender and the collector", killsCollector: true },
]);

interface Found {
  /** Durably accepted, and not there. */
  readonly missing: number;
  readonly duplicates: number;
  /** Ids that came under more than one number. */
  readonly renumbered: readonly string[];
}

function readLedger(path: string): readonly string[] {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
}

function compare(accepted: readonly string[], records: readonly ReceivedRecord[]): Found {
  const numberOf = new Map<string, string>();
  const renumbered = new Set<string>();
  let duplicates = 0;
  for (const { rawmsg } of records) {
    const id = / devicePayloadId=(\S+)/.exec(rawmsg)?.[1];
    const number = / ClawmetrySeq=\d+ ClawmetryBoot=\S+/.exec(rawmsg)?.[0];
    if (id === undefined || number === undefined) continue;
    const before = numberOf.get(id);
    if (before !== undefined) duplicates += 1;
    if (before !== undefined && before !== number) renumbered.add(id);
    numberOf.set(id, number);
  }
  return { missing: accepted.filter((id) => !numberOf.has(id)).length, duplicates, renumbered: [...renumbered] };
}

/** Kills at random moments, until enough events were accepted in enough rounds. */
async function playRounds(
  rsyslog: Receiver<RsyslogInput>,
  killsCollector: boolean,
  ledger: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const random = seededRandom(SEED);
  for (let round = 1; round <= ROUNDS; round++) {
    const before = readLedger(ledger).length;
    const wanted = before + Math.ceil((random() * 2 * EVENTS) / ROUNDS);
    // Every second one is at full speed, and the others live long enough to forget what they sent.
    const pauseMs = (round % 2) * PAUSE_MS;
    const driver = startSpoolDriver({ prefix: `r${round}`, count: EVENTS * 10, ledger, pauseMs, env });
    await poll(
      () => (readLedger(ledger).length >= wanted ? true : undefined),
      ROUND_LIMIT_MS,
      () => `round ${round} has ${readLedger(ledger).length} of ${wanted} events`,
    );
    await wait(random() * 50);
    if (killsCollector && random() < 0.7) {
      await rsyslog.kill();
      await wait(random() * 100);
      if (random() < 0.5) await rsyslog.restart();
    }
    await driver.kill();
    if (killsCollector) await rsyslog.restart();
  }
}

test.each(cases)(
  `$protocol: $victims killed at random moments, seed ${SEED}`,
  async ({ protocol, input, env, acknowledges, victims, killsCollector }) => {
    const folder = await mkdtemp(join(tmpdir(), "spool-fault-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const rsyslog = await startRsyslog({ certificates, queue: "direct" });
    onTestFinished(() => rsyslog.stop());
    const ledger = join(folder, "ledger");
    const settings = {
      CLAWMETRY_SIEM_HOST: "127.0.0.1",
      CLAWMETRY_SIEM_PORT: String(rsyslog.ports[input]),
      CLAWMETRY_SIEM_PROTOCOL: protocol,
      CLAWMETRY_SIEM_SPOOL_DIR: join(folder, "spool"),
      CLAWMETRY_SIEM_SPOOL_SYNC: "always",
      CLAWMETRY_SIEM_HEARTBEAT_SECONDS: "0",
      ...env?.(certificates),
    };
    await playRounds(rsyslog, killsCollector, ledger, settings);
    const report: unknown = JSON.parse(
      await startSpoolDriver({ prefix: "last", count: 0, ledger, env: settings }).ended(),
    );
    expect(report).toMatchObject({ left: 0, kept: 0 });

    const accepted = readLedger(ledger);
    const count = (): Found => compare(accepted, rsyslog.records());
    // Handed over is not written: the collector may still be at it.
    const found = await poll(
      () => (count().missing === 0 ? count() : undefined),
      5000,
      () => "events are missing",
    ).catch(count);
    reportFault({
      fault: `spool: ${victims} killed ${ROUNDS} times`,
      receiver: "rsyslog, direct queue",
      transport: protocol,
      accepted: accepted.length,
      lost: found.missing,
      duplicates: found.duplicates,
      told: 0,
    });
    expect(found.renumbered).toEqual([]);
    if (acknowledges || !killsCollector) expect(found.missing).toBe(0);
  },
  ROUNDS * ROUND_LIMIT_MS,
);
