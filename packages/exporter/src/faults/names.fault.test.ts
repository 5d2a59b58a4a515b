import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  makeReceiverCertificates,
  poll,
  type Receiver,
  type ReceiverCertificates,
  type RsyslogInput,
  startRsyslog,
} from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { duplicatesOf, lossesOf } from "../../test/fault-outcome.ts";
import { startFaultRun } from "../../test/fault-run.ts";
import { type SiemConfig } from "../siem-config.ts";

const NAME = "collector.test";
const NONE = { "tcp, newline": 0 };

let certificates: ReceiverCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
});
afterAll(() => certificates.remove());

/** Two receivers on the same port, on 127.0.0.1 and ::1, that write to one file. */
async function startPair(): Promise<readonly [old: Receiver<RsyslogInput>, next: Receiver<RsyslogInput>]> {
  const old = await startRsyslog({ certificates });
  onTestFinished(() => old.stop());
  const ports = { tcp6: old.ports.tcp };
  const next = await startRsyslog({ certificates, ports, recordFolder: dirname(old.recordPath) });
  onTestFinished(() => next.stop());
  return [old, next];
}

// /etc/hosts of this process alone, which the resolver of the system reads at every lookup.
function pointTo(address: string): void {
  const file = process.env["SIEM_HOSTS_FILE"];
  if (file === undefined) throw new Error("needs a hosts file of its own: npm run test:faults");
  writeFileSync(file, `${address} ${NAME}\n`);
}

function startByName(fault: string, { ports, recordPath }: Receiver<RsyslogInput>, config: Partial<SiemConfig>) {
  return startFaultRun({
    fault,
    receiver: { name: "rsyslog", recordPath },
    targets: [{ transport: "tcp, newline", config: { ...config, host: NAME, port: ports.tcp, protocol: "tcp" } }],
    faithful: false, // between what the two have written
  });
}

test("events follow a name that changes when the old receiver ends", async () => {
  const [old] = await startPair();
  pointTo("127.0.0.1");
  const run = startByName("DNS change, old receiver ends", old, {});
  await run.reach();
  await run.load(500);
  expect(run.exporters[0]?.stats.targets[0]?.peer?.address).toBe("127.0.0.1");
  pointTo("::1");
  await run.load(300);
  await old.terminate();
  await run.load(1000);
  expect(run.exporters[0]?.stats.targets[0]?.peer?.address).toBe("::1");
  expect(lossesOf(await run.finish())).toEqual(NONE);
});

test("events follow a name that changes while the old receiver stays, without a break", async () => {
  const [old] = await startPair();
  pointTo("127.0.0.1");
  const run = startByName("DNS change, reconnectAfterMs 500", old, { reconnectAfterMs: 500 });
  await run.reach();
  await run.load(300);
  pointTo("::1");
  await run.load(1500);
  await poll(
    () => run.exporters[0]?.stats.targets[0]?.peer?.address === "::1" || undefined,
    1000,
    () => "the name was not followed",
  );
  const outcomes = await run.finish();
  expect(lossesOf(outcomes)).toEqual(NONE);
  expect(duplicatesOf(outcomes)).toEqual(NONE);
});
