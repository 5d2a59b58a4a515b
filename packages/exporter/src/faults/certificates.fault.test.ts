import { X509Certificate } from "node:crypto";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type CertificateFiles,
  type FaultyCertificates,
  makeFaultyCertificates,
  makeReceiverCertificates,
  poll,
  type Receiver,
  type ReceiverCertificates,
  startRsyslog,
  startSyslogNg,
} from "@clawmetry/siem-testkit/receivers";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { duplicatesOf, lossesOf } from "../../test/fault-outcome.ts";
import { type FaultRun, startFaultRun } from "../../test/fault-run.ts";
import { createSiemExporter } from "../create-siem-exporter.ts";
import { type SiemConfig, type SiemTlsConfig } from "../siem-config.ts";

const NONE = { tls: 0 };

let certificates: ReceiverCertificates;
let faulty: FaultyCertificates;
beforeAll(async () => {
  certificates = await makeReceiverCertificates();
  faulty = await makeFaultyCertificates(certificates);
});
afterAll(() => certificates.remove());

function tlsConfig(port: number, tls: SiemTlsConfig): SiemConfig {
  return { host: "127.0.0.1", port, protocol: "tcp-tls", tls: { caFile: certificates.caFile, ...tls } };
}

function startTls(fault: string, name: string, receiver: Receiver<string>, config: SiemConfig): FaultRun {
  const targets = [{ transport: "tls", config }];
  return startFaultRun({ fault, receiver: { name, recordPath: receiver.recordPath }, targets, perSecond: 100 });
}

async function expectRefused({ exporters, arrivals }: FaultRun, words: RegExp): Promise<void> {
  const message = () => exporters[0]?.stats.lastError?.message ?? "";
  await poll(
    () => words.test(message()) || undefined,
    5000,
    () => `the last error is ${message()}`,
  );
  expect(arrivals().events).toEqual([]);
}

async function expectAllOnce(run: FaultRun): Promise<void> {
  const outcomes = await run.finish();
  expect(lossesOf(outcomes)).toEqual(NONE);
  expect(duplicatesOf(outcomes)).toEqual(NONE);
}

const servers: readonly (readonly [fault: string, name: keyof FaultyCertificates, words: RegExp])[] = [
  ["server certificate expired", "serverExpired", /CERT_HAS_EXPIRED/],
  ["server certificate not yet valid", "serverFuture", /CERT_NOT_YET_VALID/],
  ["server certificate for another name", "serverWrongName", /ERR_TLS_CERT_ALTNAME_INVALID/],
  ["server certificate of an unknown CA", "serverUnknownCa", /UNABLE_TO_VERIFY_LEAF_SIGNATURE/],
  ["server certificate without the pin", "serverUnpinned", /fingerprint/i],
];

test.each(servers)("%s: nothing is sent until the right one is shown", async (fault, name, words) => {
  const rsyslog = await startRsyslog({ certificates, server: faulty[name] });
  onTestFinished(() => rsyslog.stop());
  const { fingerprint256 } = new X509Certificate(readFileSync(certificates.server.certFile));
  const tls = name === "serverUnpinned" ? { fingerprint256 } : {};
  const run = startTls(fault, "rsyslog", rsyslog, tlsConfig(rsyslog.ports.tls, tls));
  await run.load(300);
  await expectRefused(run, words);
  await rsyslog.restart({ server: certificates.server });
  await run.load(200);
  await expectAllOnce(run);
});

type ClientCase = readonly [fault: string, client: () => CertificateFiles];

const clients: readonly ClientCase[] = [
  ["client certificate not permitted", () => certificates.intruder],
  ["client certificate expired", () => faulty.clientExpired],
  ["client certificate of an unknown CA", () => faulty.clientUnknownCa],
];

/** Makes the client certificate of a case, to be replaced by the right one. */
function placeClient({ certFile, keyFile }: CertificateFiles): CertificateFiles & { readonly replace: () => void } {
  const placed = {
    certFile: join(certificates.folder, "placed.pem"),
    keyFile: join(certificates.folder, "placed.key"),
  };
  const place = (from: CertificateFiles) => {
    copyFileSync(from.certFile, placed.certFile);
    copyFileSync(from.keyFile, placed.keyFile);
  };
  place({ certFile, keyFile });
  return {
    ...placed,
    replace: () => {
      place(certificates.client);
    },
  };
}

const mutual = {
  rsyslog: async () => {
    const rsyslog = await startRsyslog({ certificates });
    return { receiver: rsyslog, port: rsyslog.ports.mutualTls };
  },
  "syslog-ng": async () => {
    const syslogNg = await startSyslogNg({ certificates });
    return { receiver: syslogNg, port: syslogNg.ports.mutualTlsNewline };
  },
};
const refusals = (["rsyslog", "syslog-ng"] as const).flatMap((name) =>
  clients.map(([fault, client]) => ({ name, fault, client })),
);

test.each(refusals)(
  "$fault, refused by $name: nothing is lost until it is replaced",
  async ({ name, fault, client }) => {
    const { receiver, port } = await mutual[name]();
    onTestFinished(() => receiver.stop());
    const { replace, certFile, keyFile } = placeClient(client());
    const run = startTls(fault, name, receiver, tlsConfig(port, { certFile, keyFile }));
    await run.load(300);
    await expectRefused(run, /certificate|CERT|broke|closed/i);
    replace();
    await run.load(200);
    expect(lossesOf(await run.finish())).toEqual(NONE);
  },
);

test.each(["rsyslog", "syslog-ng"] as const)(
  "%s: without a client certificate, everything is left at the end",
  async (name) => {
    const { receiver, port } = await mutual[name]();
    onTestFinished(() => receiver.stop());
    const exporter = createSiemExporter({ ...tlsConfig(port, {}), heartbeatSeconds: 0 });
    for (let count = 0; count < 10; count++) exporter.send({ event_type: "tool.call" });
    expect(await exporter.close({ timeoutMs: 2500 })).toEqual({ sent: 0, dropped: 0, left: 10 });
    expect(receiver.records()).toEqual([]);
  },
);
